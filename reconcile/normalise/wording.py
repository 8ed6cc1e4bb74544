"""How long a text is in words, and patterns that many forms ask for by name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final, NamedTuple

#: A character of Japanese or Chinese counts as a word of its own, as word processors count; a run of others is one.
_WORD: Final = re.compile(r"[ぁ-ヿ㐀-鿿豈-﫿々〆]|[^\s　-鿿豈-﫿]+")
_HAS_A_LETTER: Final = re.compile(r"\w")


def words_in(text: str) -> int:
    """How many words a text has: runs of letters and digits between blanks, and each Japanese character."""
    return sum(1 for word in _WORD.findall(unicodedata.normalize("NFKC", text)) if _HAS_A_LETTER.search(word))


class Pattern(NamedTuple):
    """A pattern for the whole text, white space at its ends aside, and one text that fits it."""

    pattern: str
    example: str


#: Patterns that forms name. Postcodes: Royal Mail, Programmer's Guide to the Postcode Address File (1 letter, 2
#: letters and so on); 郵便番号 and telephone numbers with or without hyphens; addresses as RFC 5321 lets them be sent.
NAMED: Final = {
    "email": Pattern(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", "name@example.org"),
    "telephone": Pattern(r"\+?[0-9０-９(（][0-9０-９()（） ‐－ー-]{7,18}[0-9０-９]", "03-0000-0000"),
    "postcode_uk": Pattern(r"([Gg][Ii][Rr] ?0[Aa]{2}|[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2})", "SW1A 1AA"),
    "postcode_jp": Pattern(r"〒? ?[0-9０-９]{3}[-‐－ー]?[0-9０-９]{4}", "100-0000"),
    "web": Pattern(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", "https://www.example.org/"),
}
