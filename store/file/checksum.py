"""CRC-32 of bytes with another prefix, computed from the old CRC-32 without reading the bytes again.

A sum is the remainder of a polynomial over two values, whose coefficients stand in its bits, that of x^0 first. What
follows multiplies it by a power of x; so a prefix can be removed from a CRC-32, and replaced.
"""

_DIVISOR = 0xEDB88320
_POWERS = [1 << 31 - 8]
"""x to the power of 8 (one byte), then each the square of the one before; extended on demand."""


def replace_prefix(total: int, before: int, other: int, length: int) -> int:
    """The CRC-32 up to the end of a piece whose prefix is replaced.

    `total` is the old CRC-32, `before` that of the old prefix, `other` that of the new one, `length` the bytes of the
    piece.
    """
    difference = before ^ other
    while len(_POWERS) < length.bit_length():
        _POWERS.append(_product(_POWERS[-1], _POWERS[-1]))
    for place in range(length.bit_length()):
        if length >> place & 1:
            difference = _product(difference, _POWERS[place])
    return total ^ difference


def _product(one: int, other: int) -> int:
    product = 0
    for place in range(31, -1, -1):
        if one >> place & 1:
            product ^= other
        other = other >> 1 ^ (_DIVISOR if other & 1 else 0)
    return product
