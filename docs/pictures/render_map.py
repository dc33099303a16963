#!/usr/bin/python3
"""Renders the layers of a result with QGIS, as the picture of the README is made.

usage: QT_QPA_PLATFORM=offscreen render_map.py RESULT.gpkg PICTURE.png      (Debian: python3-qgis)
"""
import sys

from qgis.core import (QgsApplication, QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsMapRendererParallelJob,
                       QgsMapSettings, QgsMarkerSymbol, QgsPalLayerSettings, QgsRectangle, QgsRendererCategory,
                       QgsSingleSymbolRenderer, QgsTextBufferSettings, QgsTextFormat, QgsVectorLayer,
                       QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QFont

COLOURS = {"served": "#7fbf7b", "zone_full": "#fdae61", "no_zone_in_reach": "#d7301f",
           "no_zone_known_in_reach": "#fc8d59", "not_over_threshold": "#f0f0f0", "population_unknown": "#bdbdbd"}


def layer_of(path, name):
    layer = QgsVectorLayer(f"{path}|layername={name}", name, "ogr")
    if not layer.isValid():
        sys.exit(f"{path}: QGIS cannot open the layer {name}")
    return layer


def units(path):
    layer = layer_of(path, "units")
    layer.setRenderer(QgsCategorizedSymbolRenderer("status", [
        QgsRendererCategory(status, QgsFillSymbol.createSimple({"color": colour, "outline_color": "#555555",
                                                                "outline_width": "0.2"}), status)
        for status, colour in COLOURS.items()]))
    labels = QgsPalLayerSettings()
    labels.fieldName = "case when threshold = 'over' then name end"
    labels.isExpression = True
    text = QgsTextFormat()
    text.setFont(QFont("DejaVu Sans"))
    text.setSize(9)
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    text.setBuffer(buffer)
    labels.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)
    return layer


def marked(path, layer_name, **style):
    layer = layer_of(path, layer_name)
    kind = QgsFillSymbol if layer.geometryType() == 2 else QgsMarkerSymbol
    layer.setRenderer(QgsSingleSymbolRenderer(kind.createSimple(style)))
    return layer


def main():
    path, picture = sys.argv[1:3]
    application = QgsApplication([], False)
    application.initQgis()
    layers = [marked(path, "zones", color="#2c7fb8", outline_color="#08306b", outline_width="0.8"),
              marked(path, "settlements", name="circle", size="0.6", color="#333333", outline_style="no"),
              units(path)]
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor("white"))
    settings.setOutputSize(QSize(1200, 900))
    settings.setDestinationCrs(layers[-1].crs())
    extent = QgsRectangle(layers[-1].extent())
    extent.scale(1.05)
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(picture)
    application.exitQgis()


if __name__ == "__main__":
    main()
