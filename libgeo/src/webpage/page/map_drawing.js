// What is drawn on the map's canvas beyond Leaflet's own shapes: markers by shape, settlements, names.
(function(report) {
'use strict';

// Latitudes and longitudes from the flat whole numbers of the data: 1e-5 degrees, the first absolute, then steps.
report.decode = function(flat) {
  const points = new Array(flat.length / 2);
  let x = 0;
  let y = 0;
  for (let i = 0; i < flat.length; i += 2) {
    x += flat[i];
    y += flat[i + 1];
    points[i / 2] = [y / 1e5, x / 1e5];
  }
  return points;
};

// The outline of a marker around (x, y), ready to be filled and stroked.
report.traceShape = function(context, shape, x, y, size) {
  context.beginPath();
  if (shape === 'square') {
    context.rect(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8);
  } else if (shape === 'triangle') {
    context.moveTo(x, y - size * 1.15);
    context.lineTo(x + size * 1.1, y + size * 0.85);
    context.lineTo(x - size * 1.1, y + size * 0.85);
    context.closePath();
  } else if (shape === 'diamond') {
    context.moveTo(x, y - size * 1.2);
    context.lineTo(x + size * 1.2, y);
    context.lineTo(x, y + size * 1.2);
    context.lineTo(x - size * 1.2, y);
    context.closePath();
  } else if (shape === 'cross') {
    context.moveTo(x - size, y - size);
    context.lineTo(x + size, y + size);
    context.moveTo(x + size, y - size);
    context.lineTo(x - size, y + size);
  } else {
    context.arc(x, y, size, 0, Math.PI * 2);
  }
};

// Grey stripes: what is unknown looks like nothing that is known.
let hatched = null;
report.hatching = function() {
  if (hatched) { return hatched; }
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const context = tile.getContext('2d');
  context.fillStyle = '#f4f4f4';
  context.fillRect(0, 0, 8, 8);
  context.strokeStyle = '#b3b3b3';
  context.lineWidth = 1.2;
  for (const shift of [-8, 0, 8]) {
    context.moveTo(shift - 1, 9);
    context.lineTo(shift + 9, -1);
  }
  context.stroke();
  hatched = context.createPattern(tile, 'repeat');
  return hatched;
};

// A marker of a given shape on Leaflet's canvas.
report.shapeMarker = function(place, look) {
  const Marker = window.L.CircleMarker.extend({
    _updatePath: function() {
      const context = this._renderer._ctx;
      if (!this._renderer._drawing || this._empty()) { return; }
      context.globalAlpha = look.faint ? 0.45 : 1;
      report.traceShape(context, look.shape, this._point.x, this._point.y, this._radius);
      context.fillStyle = look.fill;
      context.fill();
      context.lineWidth = this.options.weight;
      context.strokeStyle = this.options.color;
      context.stroke();
      context.globalAlpha = 1;
    }
  });
  return new Marker(
    place, {radius: look.size, color: look.line, weight: look.hollow || look.shape === 'cross' ? 1.8 : 1});
};

// A canvas over the map that draws itself anew after every move; `draw(context, map, size)`.
report.canvasLayer = function(paneName, draw) {
  const L = window.L;
  const Layer = L.Layer.extend({
    onAdd: function(map) {
      this._canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', map.getPane(paneName));
      this._canvas.setAttribute('aria-hidden', 'true');
      map.on('moveend zoomend resize viewreset', this.redraw, this);
      this.redraw();
    },
    onRemove: function(map) {
      map.off('moveend zoomend resize viewreset', this.redraw, this);
      this._canvas.remove();
    },
    redraw: function() {
      if (!this._map) { return; }
      const size = this._map.getSize();
      const ratio = report.sharpness();
      L.DomUtil.setPosition(this._canvas, this._map.containerPointToLayerPoint([0, 0]));
      this._canvas.width = size.x * ratio;
      this._canvas.height = size.y * ratio;
      this._canvas.style.width = size.x + 'px';
      this._canvas.style.height = size.y + 'px';
      const context = this._canvas.getContext('2d');
      context.scale(ratio, ratio);
      draw(context, this._map, size);
    }
  });
  return new Layer();
};

report.sharpness = () => (report.onPaper ? 3 : Math.max(1, window.devicePixelRatio || 1));

// Metres of ground on a pixel in the middle of the map.
report.metresPerPixel = function(map) {
  return 40075016.7 * Math.cos(map.getCenter().lat * Math.PI / 180) / (256 * Math.pow(2, map.getZoom()));
};

// Settlements as dots, when the scale is large enough or all of them are few.
report.settlementLayer = function(layer) {
  const places = report.decode(layer.flat || []);
  const reach = layer.in_reach || '';
  return report.canvasLayer('settlements', (context, map) => {
    const metres = report.metresPerPixel(map);
    if (metres > 400 && places.length > 5000) { return; }
    const bounds = map.getBounds().pad(0.02);
    const [south, west, north, east] = [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    const radius = metres > 400 ? 1.1 : metres > 150 ? 1.6 : metres > 50 ? 2.4 : 3.4;
    const visible = {1: [], '?': [], 0: []};
    for (let i = 0; i < places.length; i++) {
      const [latitude, longitude] = places[i];
      if (latitude >= south && latitude <= north && longitude >= west && longitude <= east) {
        (visible[reach[i]] || visible['?']).push(map.latLngToContainerPoint(places[i]));
      }
    }
    for (const kind of ['1', '?', '0']) {
      context.fillStyle = report.settlementColours[kind];
      context.beginPath();
      for (const at of visible[kind]) {
        context.moveTo(at.x + radius, at.y);
        context.arc(at.x, at.y, radius, 0, Math.PI * 2);
      }
      context.fill();
    }
  });
};

// Names: the first of the list that find room are written; `names` gives [{at, text, strong, least}] in order.
report.nameLayer = function(names) {
  return report.canvasLayer('names', (context, map, size) => {
    const metres = report.metresPerPixel(map);
    const taken = [];
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    const bounds = map.getBounds();
    for (const one of names()) {
      if (metres > one.farthest || !bounds.contains(one.at)) { continue; }
      const at = map.latLngToContainerPoint(one.at);
      context.font = (one.strong ? '700 ' : '400 ') + (one.size || 12) + 'px ' + report.fontFamily;
      const width = context.measureText(one.text).width + 6;
      const box = [at.x - width / 2, at.y - 8 + (one.below || 0), at.x + width / 2, at.y + 8 + (one.below || 0)];
      if (box[0] < 0 || box[2] > size.x) { continue; }
      if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) {
        continue;
      }
      taken.push(box);
      context.direction = report.foreignLanguage(one.text) === (report.language === 'fa' ? 'en' : 'fa') ?
        (report.language === 'fa' ? 'ltr' : 'rtl') :
        report.direction();
      context.strokeStyle = 'rgba(255,255,255,0.9)';
      context.lineWidth = 3;
      context.strokeText(one.text, at.x, (box[1] + box[3]) / 2);
      context.fillStyle = one.colour || '#252525';
      context.fillText(one.text, at.x, (box[1] + box[3]) / 2);
    }
  });
};
}(window.amayeshReport = window.amayeshReport || {}));
