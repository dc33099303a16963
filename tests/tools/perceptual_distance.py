"""How far two pictures are apart to the eye, seen from a step away: letters that moved by a hair do not count."""

import numpy
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QImage

SEEN_WIDTH = 248  # pixels: about what is told apart on a sheet of A3 from two metres
JUST_SEEN = 10  # ΔE*ab: two colours that nobody takes for the same

# sRGB to CIE XYZ, IEC 61966-2-1, and the white of D65.
TO_XYZ = numpy.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = numpy.array([0.9505, 1.0, 1.089])


def lab_of(image):
    """CIELAB of every pixel of the picture as it is seen."""
    seen = image.convertToFormat(QImage.Format_RGB888).scaledToWidth(SEEN_WIDTH, Qt.SmoothTransformation)
    seen = seen.convertToFormat(QImage.Format_RGB888)
    buffer = seen.constBits()
    buffer.setsize(seen.sizeInBytes())
    rows = numpy.frombuffer(buffer, numpy.uint8).reshape(seen.height(), seen.bytesPerLine())
    rgb = rows[:, : 3 * seen.width()].reshape(seen.height(), seen.width(), 3) / 255
    linear = numpy.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    t = linear @ TO_XYZ.T / WHITE
    f = numpy.where(t > 216 / 24389, numpy.cbrt(t), (24389 / 27 * t + 16) / 116)
    return numpy.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


def distance(image, reference):
    """Mean ΔE*ab (CIE 1976), and the part of the picture where it is plain to see."""
    assert (image.width(), image.height()) == (reference.width(), reference.height()), "pictures of different sizes"
    apart = numpy.linalg.norm(lab_of(image) - lab_of(reference), axis=-1)
    return float(apart.mean()), float((apart > JUST_SEEN).mean())
