// The map on paper: one picture of the whole map, made of its canvases when the page goes to the printer.
(function(report) {
'use strict';

const width = 760;
const height = 600;
const ratio = 3;

report.onPaper = false;

function drawScaleBar(context, map) {
  const metres = report.metresPerPixel(map);
  const most = metres * 160;
  const step = report.roundStep(most, 1);
  const length = (step > most ? step / 2 : step) / metres;
  const text = step > most ? step / 2 : step;
  context.strokeStyle = '#1f2933';
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(14, height - 20);
  context.lineTo(14, height - 14);
  context.lineTo(14 + length, height - 14);
  context.lineTo(14 + length, height - 20);
  context.stroke();
  context.fillStyle = '#1f2933';
  context.font = '400 12px ' + report.fontFamily;
  context.textAlign = 'left';
  context.direction = report.direction();
  context.fillText(text < 1000 ? report.amount(text, 'm') : report.amount(text / 1000, 'km'), 18, height - 20);
}

// Every canvas of the map, lowest first, in one picture on the colour of the map's ground.
function pictureOf(map, frame) {
  const picture = report.element(
    'canvas',
    {id: 'paper-map', width: width * ratio, height: height * ratio, role: 'img', 'aria-label': report.text('mapName')});
  const context = picture.getContext('2d');
  context.scale(ratio, ratio);
  context.fillStyle = '#fbfaf7';
  context.fillRect(0, 0, width, height);
  const heightOf = (canvas) => Number(window.getComputedStyle(canvas.parentNode).zIndex) || 0;
  const corner = frame.getBoundingClientRect();
  [...frame.querySelectorAll('canvas')].sort((a, b) => heightOf(a) - heightOf(b)).forEach((canvas) => {
    const at = canvas.getBoundingClientRect();
    if (canvas.width && canvas.height) {
      context.drawImage(canvas, at.left - corner.left, at.top - corner.top, at.width, at.height);
    }
  });
  drawScaleBar(context, map);
  return picture;
}

function redraw(map) {
  map.invalidateSize({animate: false, pan: false});
  map.fire('viewreset');
  map.fire('moveend');
}

report.mapForPaper = function(isPaper, frame) {
  const map = report.leafletMap;
  const old = document.getElementById('paper-map');
  if (old) { old.remove(); }
  if (!map || !isPaper) { return; }
  const view = {centre: map.getCenter(), zoom: map.getZoom()};
  report.onPaper = true;
  frame.style.width = width + 'px';
  frame.style.height = height + 'px';
  redraw(map);
  report.wholeMap();
  redraw(map);
  frame.after(pictureOf(map, frame));
  report.onPaper = false;
  frame.style.width = '';
  frame.style.height = '';
  redraw(map);
  map.setView(view.centre, view.zoom, {animate: false});
};
}(window.amayeshReport = window.amayeshReport || {}));
