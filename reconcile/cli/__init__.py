"""The command line: options in, sentences out. What a command does stands in the pipeline, packs and catalogue."""
