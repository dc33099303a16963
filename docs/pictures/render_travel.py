#!/usr/bin/python3
"""Prints minutes to the nearest zone of the sample with QGIS: how the picture of docs/reach.md is made.

usage: QT_QPA_PLATFORM=offscreen render_travel.py RESULT.gpkg MINUTES.tif SAMPLE PICTURE.png [DPI]

RESULT and MINUTES are what `amayesh reach --by surface` wrote, with the style beside the raster; SAMPLE is the folder of
the study.      (Debian: python3-qgis, python3-pil)
"""
import sys

from PIL import Image
from qgis.core import (
    QgsApplication,
    QgsLayoutExporter,
    QgsLineSymbol,
    QgsMapLayerLegendUtils,
    QgsMarkerSymbol,
    QgsPalLayerSettings,
    QgsProject,
    QgsRasterLayer,
    QgsSimpleLineSymbolLayer,
    QgsSingleSymbolRenderer,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
)
from qgis.PyQt.QtGui import QColor

SHEET = "Travel time"
HEADLINE = "Minutes to the nearest industrial zone, over roads and terrain"
NOTE = "Each cell of 200 m: the quickest way to a serving zone, on foot to a road and by road from there."
LINES = {  # the lowest first: a road is seen on every colour
    "Roads": [{"color": "255,255,255,170", "width": "0.6"}, {"color": "60,60,60,255", "width": "0.2"}],
    "River": [{"color": "255,255,255,200", "width": "1.3"}, {"color": "0,110,220,255", "width": "0.8"}],
}
SHARE_SHOWN = 0.42  # of the width of the units, around their zones in the middle
SEGMENT_KM = 20


def opened(path, name):
    layer = QgsVectorLayer(str(path), name, "ogr")
    if not layer.isValid():
        sys.exit(f"{path}: QGIS cannot open it")
    return layer


def lines(path, name):
    layer = opened(path, name)
    symbol = QgsLineSymbol()
    symbol.deleteSymbolLayer(0)
    for look in LINES[name]:
        symbol.appendSymbolLayer(QgsSimpleLineSymbolLayer.create({"capstyle": "round", "joinstyle": "round", **look}))
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    return layer


def halo():
    buffer = QgsTextBufferSettings()
    buffer.setEnabled(True)
    buffer.setSize(0.9)
    text = QgsTextFormat()
    text.setFont(QgsApplication.font())
    text.setSize(9)
    text.setColor(QColor("#1a1a1a"))
    text.setBuffer(buffer)
    return text


def towns(path):
    layer = opened(path, "Towns")
    layer.setSubsetString("NOE = 'شهر'")
    symbol = QgsMarkerSymbol.createSimple({"name": "circle", "size": "1.8", "color": "white", "outline_color": "#1a1a1a"})
    layer.setRenderer(QgsSingleSymbolRenderer(symbol))
    labels = QgsPalLayerSettings()
    labels.fieldName = "NAM"
    labels.placement = QgsPalLayerSettings.OrderedPositionsAroundPoint
    labels.dist = 1.4
    labels.setFormat(halo())
    layer.setLabeling(QgsVectorLayerSimpleLabeling(labels))
    layer.setLabelsEnabled(True)
    return layer


def zones_of(project):
    """Without names; those of the towns keep off them."""
    zones = project.mapLayer("amayesh_zone_travel")
    zones.setName("Zones")
    blocking = QgsPalLayerSettings()
    blocking.drawLabels = False
    zones.setLabeling(QgsVectorLayerSimpleLabeling(blocking))
    zones.setLabelsEnabled(True)
    return zones


def fill(layout, layers):
    page = layout.itemById("map")
    page.setFollowVisibilityPreset(False)
    page.setKeepLayerSet(True)
    page.setLayers(layers)
    extent = page.extent()
    extent.scale(SHARE_SHOWN)
    page.zoomToExtent(extent)
    layout.itemById("scale_bar").setUnitsPerSegment(SEGMENT_KM)
    legend = layout.itemById("legend")
    legend.setAutoUpdateModel(False)
    entries = legend.model().rootGroup()
    entries.removeAllChildren()
    for layer in layers:
        entry = entries.addLayer(layer)
        if isinstance(layer, QgsRasterLayer):  # without the name of its band
            QgsMapLayerLegendUtils.setLegendNodeOrder(entry, list(range(1, 7)))
            legend.model().refreshLayerLegend(entry)
    legend.setLegendFilterByMapEnabled(True)
    layout.itemById("headline").setText(HEADLINE)
    layout.itemById("foot").setText(NOTE)


def main(result, minutes, sample, picture, dpi="80"):
    application = QgsApplication([], False)
    application.initQgis()
    project = QgsProject.instance()
    if not project.read(f"geopackage:{result}?projectName=amayesh"):
        sys.exit(f"{result}: QGIS cannot open its project")
    raster = QgsRasterLayer(minutes, "Minutes to the nearest zone")
    if not raster.isValid():
        sys.exit(f"{minutes}: QGIS cannot open it")
    layers = [zones_of(project), towns(f"{sample}/abadi.shp"), lines(f"{sample}/rood.shp", "River"),
              lines(f"{sample}/rah.shp", "Roads"), raster]
    for layer in layers:
        project.addMapLayer(layer, False)
    layout = project.layoutManager().layoutByName(SHEET)
    fill(layout, layers)
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = float(dpi)
    settings.generateWorldFile = False
    if QgsLayoutExporter(layout).exportToImage(picture, settings) != QgsLayoutExporter.Success:
        sys.exit(f"{picture} cannot be written")
    project.clear()
    application.exitQgis()
    few_colours = Image.open(picture).convert("RGB").quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few_colours.save(picture, optimize=True)


if __name__ == "__main__":
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
