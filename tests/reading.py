"""How hard a text is to read, in years of school: the Flesch-Kincaid grade."""

import re

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def grade(text):
    """About 8 is what most adults read with ease."""
    words, sentences = WORD.findall(text), [one for one in re.split(r"[.!?:;]+\s", f"{text} ") if WORD.search(one)]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word):
    """Vowels in a row count as one; a silent e at the end does not."""
    plain = word.lower()
    groups = len(re.findall(r"[aeiouy]+", plain))
    silent = plain.endswith("e") and not re.search(r"[^aeiouy]le$|[aeiouy]e$", plain)
    return max(1, groups - silent)
