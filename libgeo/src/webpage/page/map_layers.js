// The layers of the map: Leaflet shapes made from the data, and what lies under a point of the map.
(function(report) {
'use strict';

const panes =
  [['low', 350], ['areas', 400], ['lines', 420], ['settlements', 440], ['marks', 450], ['chosen', 455], ['names', 460]];

report.makePanes = function(map) {
  const L = window.L;
  const SharpCanvas = L.Canvas.extend({
    _update: function() {
      if (this._map._animatingZoom && this._bounds) { return; }
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = report.sharpness();
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = ratio * size.x;
      this._container.height = ratio * size.y;
      this._container.style.width = size.x + 'px';
      this._container.style.height = size.y + 'px';
      this._ctx.scale(ratio, ratio);
      this._ctx.translate(-this._bounds.min.x, -this._bounds.min.y);
      this.fire('update');
    }
  });
  const renderers = {};
  for (const [name, height] of panes) {
    map.createPane(name).style.zIndex = height;
    if (name !== 'settlements' && name !== 'names') { renderers[name] = new SharpCanvas({pane: name, padding: 0.1}); }
  }
  return renderers;
};

const polygonsOf = (feature) => feature.rings.map((polygon) => polygon.map(report.decode));

function boundsOf(points) {
  const bounds = [90, 180, -90, -180];
  for (const [latitude, longitude] of points) {
    bounds[0] = Math.min(bounds[0], latitude);
    bounds[1] = Math.min(bounds[1], longitude);
    bounds[2] = Math.max(bounds[2], latitude);
    bounds[3] = Math.max(bounds[3], longitude);
  }
  return bounds;
}

// A point inside the polygon where its name can stand: the middle of the longest cut at half height.
function middleOf(polygons) {
  let best = null;
  for (const rings of polygons) {
    const bounds = boundsOf(rings[0]);
    for (const share of [0.5, 0.35, 0.65]) {
      const latitude = bounds[0] + (bounds[2] - bounds[0]) * share;
      const cuts = [];
      for (const ring of rings) {
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          const [y1, x1] = ring[j];
          const [y2, x2] = ring[i];
          if ((y1 > latitude) !== (y2 > latitude)) { cuts.push(x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)); }
        }
      }
      cuts.sort((a, b) => a - b);
      for (let i = 0; i + 1 < cuts.length; i += 2) {
        const width = cuts[i + 1] - cuts[i];
        if (!best || width > best.width * (share === 0.5 ? 1 : 1.3)) {
          best = {width, at: [latitude, (cuts[i] + cuts[i + 1]) / 2]};
        }
      }
    }
  }
  return best ? best.at : polygons[0][0][0];
}

// One place of the map: what is needed to draw it, to find it under the pointer, and to write its name.
function placeOf(layer, feature) {
  const place = {layer: layer.name, row: feature.row, label: feature.label};
  if (feature.at) {
    place.at = [feature.at[1] / 1e5, feature.at[0] / 1e5];
    place.bounds = [place.at[0], place.at[1], place.at[0], place.at[1]];
  } else if (feature.rings) {
    place.polygons = polygonsOf(feature);
    place.bounds = boundsOf([].concat(...place.polygons.map((rings) => rings[0])));
    place.at = middleOf(place.polygons);
  } else {
    place.lines = feature.lines.map(report.decode);
    place.bounds = boundsOf([].concat(...place.lines));
    place.at = place.lines[0][place.lines[0].length >> 1];
  }
  return place;
}

report.placesOf = (layer) => (layer.features || []).map((feature) => placeOf(layer, feature));

// ---- what lies under a point

function isInside(rings, latitude, longitude) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [y1, x1] = ring[j];
      const [y2, x2] = ring[i];
      if ((y1 > latitude) !== (y2 > latitude) && longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)) {
        inside = !inside;
      }
    }
  }
  return inside;
}

function pixelsToLine(map, place, point) {
  const L = window.L;
  let least = Infinity;
  for (const line of place.lines) {
    const pixels = line.map((at) => map.latLngToContainerPoint(at));
    for (let i = 1; i < pixels.length; i++) {
      least = Math.min(least, L.LineUtil.pointToSegmentDistance(point, pixels[i - 1], pixels[i]));
    }
  }
  return least;
}

// The topmost place of the shown layers at a point of the map's frame: marks, then lines, then areas.
report.placeAt = function(map, shownPlaces, point, reachPixels) {
  const at = map.containerPointToLatLng(point);
  const corner = map.containerPointToLatLng([point.x + reachPixels + 6, point.y + reachPixels + 6]);
  const dLatitude = Math.abs(at.lat - corner.lat);
  const dLongitude = Math.abs(at.lng - corner.lng);
  const near = (place) => at.lat >= place.bounds[0] - dLatitude && at.lat <= place.bounds[2] + dLatitude &&
    at.lng >= place.bounds[1] - dLongitude && at.lng <= place.bounds[3] + dLongitude;
  let best = null;
  let area = null;
  for (const place of shownPlaces) {
    if (!near(place)) { continue; }
    if (place.polygons && place.polygons.some((rings) => isInside(rings, at.lat, at.lng))) { area = place; }
    if (place.lines) {
      const distance = pixelsToLine(map, place, point) + 2;
      if (distance <= reachPixels && (!best || distance < best.distance)) {
        best = {place, distance};
      }
    } else if (place.mark) {
      const distance = map.latLngToContainerPoint(place.at).distanceTo(point);
      if (distance <= reachPixels + 4 && (!best || distance <= best.distance)) {
        best = {place, distance};
      }
    }
  }
  return best ? best.place : area;
};
}(window.amayeshReport = window.amayeshReport || {}));
