"""How large a file is."""


def size(count: int) -> str:
    """Bytes in words: 240 kB, 1.2 MB."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"
