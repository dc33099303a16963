// Every text of the page itself, in English and Persian. Texts of the result come with the data.
(function(report) {
'use strict';

const pair = (en, fa) => ({en, fa});

report.texts = {
  skip: pair('Skip to the content', 'پرش به محتوا'),
  otherLanguage: pair('فارسی', 'English'),
  switchLanguage: pair('نمایش گزارش به فارسی', 'Show the report in English'),
  print: pair('Print', 'چاپ'),
  contents: pair('Contents', 'فهرست'),
  assessedFor: pair('Assessed for', 'ارزیابی برای'),
  madeBy: pair('Made by', 'ساخته‌شده با'),
  question: pair('What was asked', 'پرسش'),
  method: pair('How it was found', 'روش'),
  keyFigures: pair('Key figures', 'ارقام کلیدی'),
  map: pair('Map', 'نقشه'),
  charts: pair('Charts', 'نمودارها'),
  tables: pair('Tables', 'جدول‌ها'),
  problems: pair('Problems found in the data', 'ایرادهای داده'),
  standards: pair('Standards and their sources', 'استانداردها و منابع آن‌ها'),
  manifest: pair('What the run was made from', 'شناسنامه اجرا'),
  unknown: pair('unknown', 'نامعلوم'),
  none: pair('None', 'هیچ'),
  noData: pair('There is no data for this part.', 'برای این بخش داده‌ای در دست نیست.'),
  noProblems: pair('No problem was found in the data.', 'ایرادی در داده‌ها یافت نشد.'),
  range: pair('{low} to {high}', '{low} تا {high}'),
  between: pair('between {low} and {high}', 'میان {low} و {high}'),
  noUpperBound:
    pair('at least {low}; how many at most is unknown', 'دست‌کم {low}؛ حداکثر نامعلوم است'),

  mapHint: pair(
    'Point at a {unit} to see its name, choose it to see why it stands as it does. With the ' +
      'keyboard: arrows move the map, + and − change the scale; “Show on map” in the tables chooses a ' +
      'row.',
    'نشانگر را روی {unit} ببرید تا نامش را ببینید و آن را برگزینید تا علت وضعیتش را ببینید. با ' +
      'صفحه‌کلید: کلیدهای جهت نقشه را جابه‌جا می‌کنند و + و − مقیاس را تغییر می‌دهند؛ «نمایش روی نقشه» در ' +
      'جدول‌ها ردیف را برمی‌گزیند.'),
  mapUnplaced: pair(
    '{count} of {all} {units} have no known place: they are in the tables, not on the map.',
    '{count} مورد از {all} {units} جای معلومی ندارد: در جدول‌ها هست، روی نقشه نیست.'),
  mapName: pair('Map of the result', 'نقشه نتیجه'),
  colourBy: pair('Colour the {units} by', 'رنگ {units} بر پایه'),
  layers: pair('Layers', 'لایه‌ها'),
  legend: pair('Legend', 'راهنما'),
  details: pair('Chosen place', 'جای برگزیده'),
  chooseHint: pair(
    'Nothing is chosen yet. Choose a {unit} on the map, or a row of a table.',
    'هنوز جایی برگزیده نشده است. روی نقشه {unit} یا در جدول ردیفی را برگزینید.'),
  closeUp: pair('appear when you zoom in', 'با نزدیک‌شدن پدیدار می‌شوند'),
  labels: pair('Names', 'نام‌ها'),
  wholeMap: pair('Whole map', 'همه نقشه'),
  zoomIn: pair('Zoom in', 'نزدیک‌تر'),
  zoomOut: pair('Zoom out', 'دورتر'),
  groupStatus: pair('Need', 'نیاز'),
  inReach: pair('zone in reach', 'ناحیه در دسترس'),
  noWayOrUnknown: pair('no way found, or unknown', 'بی‌مسیر، یا نامعلوم'),
  notInReach: pair('no zone in reach', 'بدون ناحیه در دسترس'),
  allValues: pair('All values', 'همه مقدارها'),
  utilitiesOf: pair('Utilities', 'خدمات'),
  need: pair('Need', 'نیاز'),
  shortOf: pair('Short of', 'کمبود'),
  howItStands: pair('How it stands', 'وضعیت'),
  showInTable: pair('Show in table', 'نمایش در جدول'),
  clear: pair('Clear', 'پاک کردن'),

  status: pair('Status', 'وضعیت'),
  peopleLeftOut: pair('People left out', 'جمعیت بی‌بهره'),
  shortUtilities: pair('Utilities in short supply', 'خدمات دچار کمبود'),
  shortfallOf: pair('{utility}: shortfall', '{utility}: کمبود'),
  reasonOf: pair('{utility}: how it stands', '{utility}: وضعیت'),
  short3: pair('water, power and gas', 'آب، برق و گاز'),
  short2: pair('two of the three', 'دو خدمت از سه'),
  short1: pair('one of the three', 'یک خدمت از سه'),
  short0: pair('no shortfall known', 'بدون کمبود شناخته‌شده'),
  notAssessed: pair('Not assessed', 'ارزیابی‌نشده'),
  nobody: pair('nobody known', 'کسی شناخته نشده'),
  over: pair('over {low}', 'بیش از {low}'),
  upTo: pair('up to {high}', 'تا {high}'),
  noShortfall: pair('no shortfall', 'بدون کمبود'),
  context: pair('trunk', 'انتقال'),
  nothingLeft: pair('nothing left', 'بدون ظرفیت آزاد'),

  chartDistance: pair('People left out against distance', 'جمعیت بی‌بهره و فاصله'),
  chartDistanceText: pair(
    'People whose nearest serving zone is farther away than the distance below. The line marks the ' +
      'reach of {limit} km.',
    'شمار کسانی که نزدیک‌ترین ناحیه فعال، دورتر از فاصله پایین است. خط، دسترسی {limit} کیلومتری را نشان می‌دهد.'),
  chartDistanceUnknown:
    pair('The people of {count} places are unknown and not counted.', 'جمعیت {count} جا نامعلوم است و شمرده نشده است.'),
  chartDistanceNearer: pair(
    'Not all zones and their places are known: a zone may be nearer than shown, and fewer people this far.',
    'همه نواحی و جای آن‌ها معلوم نیست: شاید ناحیه‌ای نزدیک‌تر از این باشد و شمار واقعی کمتر.'),
  chartMinutes: pair('People left out against travel time', 'جمعیت بی‌بهره و زمان سفر'),
  chartMinutesText: pair(
    'People whose quickest way to a serving zone takes longer than the minutes below. The line marks ' +
      'the limit of {limit} minutes.',
    'شمار کسانی که سریع‌ترین مسیرشان تا ناحیه فعال، بیش از دقیقه‌های پایین زمان می‌برد. خط، حد {limit} ' +
      'دقیقه را نشان می‌دهد.'),
  chartWithoutWay: pair(
    'No way was found for {count} people: they are neither near nor far, and not in the curve.',
    'برای {count} نفر مسیری یافت نشد: نه نزدیک به شمار می‌آیند و نه دور، و در نمودار نیستند.'),
  minutes: pair('Minutes to the nearest zone', 'دقیقه تا نزدیک‌ترین ناحیه'),
  minutesLimit: pair('limit: {limit} min', 'حد: {limit} دقیقه'),
  distance: pair('Distance, km', 'فاصله، کیلومتر'),
  people: pair('People', 'جمعیت'),
  reachLimit: pair('reach: {limit} km', 'دسترسی: {limit} کیلومتر'),
  chartUtilities: pair('Needed, supplied and short', 'نیاز، تأمین و کمبود'),
  chartUtilitiesText: pair(
    'What {units} over the threshold need of each utility, and how much of it they get when ' +
      'headroom is shared. The thin line runs from the low to the high standards.',
    'نیاز {units}ی بیش از آستانه به هر خدمت، و اندازه تأمین آن پس از تقسیم ظرفیت. خط نازک از ' +
      'استاندارد کم تا زیاد است.'),
  supplied: pair('Supplied', 'تأمین‌شده'),
  shortfall: pair('Short', 'کمبود'),
  demand: pair('Needed', 'نیاز'),
  utility: pair('Utility', 'خدمت'),
  chartReasons: pair('How {units} stand with each utility', 'وضعیت {units} در هر خدمت'),
  chartReasonsText: pair(
    'The {units} over the threshold, by how they stand when headroom is shared.',
    '{units}ی بیش از آستانه، بر پایه وضعیتشان پس از تقسیم ظرفیت.'),
  countOfUnits: pair('Number of {units}', 'شمار {units}'),
  chartProvinces: pair('Gaps by province', 'کمبودها در هر استان'),
  chartProvincesText: pair(
    'People left out, and what is short of each utility. Each column has its own scale.',
    'جمعیت بی‌بهره و کمبود هر خدمت. هر ستون مقیاس خود را دارد.'),
  province: pair('Province', 'استان'),
  newZones: pair('New zones', 'ناحیه‌های جدید'),
  unknownDistricts: pair('unknown for {count}', 'نامعلوم برای {count}'),
  asTable: pair('The same as a table', 'همین داده‌ها در جدول'),

  filter: pair('Filter', 'جست‌وجو'),
  filterHint: pair(
    'letters or digits in any shown column',
    'حرف یا رقم در ستون‌های نمایش‌داده‌شده'),
  columns: pair('Columns', 'ستون‌ها'),
  rowsShown: pair('{from} to {to} of {count} rows', 'ردیف {from} تا {to} از {count}'),
  rowsFiltered: pair('{from} to {to} of {count} rows, {all} in all', 'ردیف {from} تا {to} از {count}، از همه {all}'),
  noRows: pair('No row matches.', 'ردیفی یافت نشد.'),
  previous: pair('Previous', 'قبلی'),
  next: pair('Next', 'بعدی'),
  page: pair('Page {page} of {pages}', 'صفحه {page} از {pages}'),
  showOnMap: pair('Show on map', 'نمایش روی نقشه'),
  sortBy: pair('Sort by {column}', 'مرتب‌سازی بر پایه {column}'),
  printedRows: pair('The first {shown} of {count} rows are printed.', '{shown} ردیف نخست از {count} ردیف چاپ شده است.'),
  tableChoice: pair('Table', 'جدول'),
  confidence: pair(
    'Confidence: A official and exact, B official or close to it, C derived or foreign, D own ' +
      'assumption.',
    'اطمینان: A رسمی و دقیق، B رسمی یا نزدیک به آن، C برگرفته یا خارجی، D فرض خود برنامه.'),
  studyFile: pair('Study file', 'فایل مطالعه')
};

// Units of the amounts, as the data names them.
report.units = {
  people: pair('people', 'نفر'),
  ha: pair('ha', 'هکتار'),
  km: pair('km', 'کیلومتر'),
  'km²': pair('km²', 'کیلومتر مربع'),
  m: pair('m', 'متر'),
  min: pair('min', 'دقیقه'),
  'L/s': pair('L/s', 'لیتر بر ثانیه'),
  MW: pair('MW', 'مگاوات'),
  'm³/h': pair('m³/h', 'مترمکعب بر ساعت'),
  degrees: pair('°', '°'),
  settlements: pair('settlements', 'آبادی'),
  zones: pair('zones', 'ناحیه'),
  units: pair('units', 'واحد'),
  sources: pair('sources', 'منبع'),
  steps: pair('steps', 'گام'),
  'km/h': pair('km/h', 'کیلومتر بر ساعت'),
  'L/s/ha': pair('L/s/ha', 'لیتر بر ثانیه در هکتار'),
  'MW/ha': pair('MW/ha', 'مگاوات در هکتار'),
  'm3/h/ha': pair('m³/h/ha', 'مترمکعب بر ساعت در هکتار'),
  'ha/1000 people': pair('ha/1,000 people', 'هکتار برای هزار نفر'),
  share: pair('share', 'سهم'),
  class: pair('class', 'رده'),
  places: pair('places', 'جا'),
  values: pair('values', 'مقدار'),
  'weighted people': pair('weighted people', 'نفر وزنی'),
  'see unit_of_amounts': pair('', '')
};

// What stands in columns of terms, beside the units: layers and sections by their names, and the standards' own words.
report.terms = {
  rural_districts: pair('rural_districts', 'دهستان‌ها'),
  settlements: pair('settlements', 'آبادی‌ها'),
  zones: pair('zones', 'نواحی'),
  plots: pair('plots', 'قطعه‌ها'),
  sources: pair('sources', 'منابع'),
  roads: pair('roads', 'راه‌ها'),
  constraints: pair('constraints', 'عوارض بازدارنده'),
  rasters: pair('rasters', 'رسترها'),
  reach: pair('reach', 'دسترسی'),
  standards: pair('standards', 'استانداردها'),
  versions: pair('versions', 'نسخه‌ها'),
  parameters: pair('parameters', 'پارامترها'),
  inputs: pair('inputs', 'ورودی‌ها'),
  joins: pair('joins', 'پیوندها'),
  coefficients: pair('coefficients', 'ضریب‌ها'),
  crs: pair('crs', 'دستگاه مختصات'),
  'gross hectare': pair('gross hectare', 'هکتار ناخالص'),
  'net hectare': pair('net hectare', 'هکتار خالص'),
  'net hectare per gross hectare': pair('net hectare per gross hectare', 'هکتار خالص در هکتار ناخالص'),
  'highway class of OpenStreetMap': pair('highway class of OpenStreetMap', 'رده راه در OpenStreetMap'),
  'class of the Digital Chart of the World':
    pair('class of the Digital Chart of the World', 'رده در Digital Chart of the World'),
  'off the roads, on the flat': pair('off the roads, on the flat', 'بیرون از راه، روی زمین هموار'),
  assumption: pair('assumption', 'فرض'),
  'design demand': pair('design demand', 'نیاز طراحی'),
  'design figure': pair('design figure', 'رقم طراحی'),
  'layout share': pair('layout share', 'سهم در طرح'),
  'legal definition': pair('legal definition', 'تعریف قانونی'),
  'model default': pair('model default', 'پیش‌فرض مدل'),
  'observed use': pair('observed use', 'مصرف مشاهده‌شده'),
  'programme limit': pair('programme limit', 'حد برنامه'),
  'supply of one period': pair('supply of one period', 'تأمین یک دوره'),
  'supply under shortage': pair('supply under shortage', 'تأمین در کمبود')
};

// What a missing value means: the schema's English phrases and their Persian.
report.missing = {
  'unknown': 'نامعلوم',
  'no name given': 'نامی داده نشده',
  'not given': 'داده نشده',
  'no id given': 'شناسه‌ای داده نشده',
  'none': 'هیچ',
  'no polygon': 'مرزی در دست نیست',
  'no lower bound known': 'کران پایین نامعلوم',
  'no upper bound known': 'کران بالا نامعلوم',
  'no centre': 'بدون مرکز',
  'the unit is served, or not over the threshold': 'واحد برخوردار است یا کمتر از آستانه است',
  'no serving zone with a position': 'ناحیه فعالی با موقعیت معلوم نیست',
  'no zone in reach states it': 'هیچ ناحیه در دسترسی آن را نمی‌گوید',
  'the reason is not land_taken_by_others': 'علت، واگذاری زمین به دیگران نیست',
  'the unit is not over the threshold, or its population is unknown': 'واحد کمتر از آستانه است یا جمعیتش نامعلوم است',
  'no land needed beyond existing zones, or none known': 'زمینی افزون بر نواحی موجود لازم نیست یا معلوم نیست',
  'not over the threshold, no centre, or no layer of the utility': 'کمتر از آستانه، بدون مرکز، یا بدون لایه منابع',
  'no source in reach states its headroom':
    'هیچ منبع در دسترسی ظرفیت آزادش را نمی‌گوید',
  'unknown, or none in reach': 'نامعلوم، یا هیچ‌یک در دسترس نیست',
  'no census share given': 'سهم سرشماری داده نشده',
  'not over the threshold, or people unknown': 'کمتر از آستانه، یا جمعیت نامعلوم',
  'no score': 'بدون امتیاز',
  'nobody is known to be left out': 'کسی بی‌بهره شناخته نشده',
  'telecom, or the unit is not over the threshold': 'مخابرات است، یا واحد کمتر از آستانه است',
  'not telecom': 'مخابرات نیست',
  'not telecom, or unknown': 'مخابرات نیست، یا نامعلوم',
  'no source with a position': 'منبعی با موقعیت معلوم نیست',
  'telecom, not over the threshold, no centre, or no layer of the utility':
    'مخابرات، کمتر از آستانه، بدون مرکز، یا بدون لایه منابع',
  'no shortfall, or none known': 'بدون کمبود، یا نامعلوم',
  'the headroom in reach is not taken by others': 'ظرفیت در دسترس به دیگران نرسیده',
  'its plots are not listed, or not all known':
    'قطعه‌هایش فهرست نشده یا همه معلوم نیست',
  'it does not serve, or its use or supply is not known': 'فعال نیست، یا مصرف یا تأمینش معلوم نیست',
  'not known to ask for anything, or no layer of the utility': 'نیازی شناخته نشده، یا بدون لایه منابع',
  'not known what it can spare, or no layer of the utility': 'مازادش معلوم نیست، یا بدون لایه منابع',
  'no end is given': 'پایانی داده نشده',
  'capacity, use or committed amount unknown, yes/no source, or context':
    'ظرفیت، مصرف یا تعهد نامعلوم، منبع بدون مقدار، یا انتقال',
  'headroom unknown, or takes no part in the sharing': 'ظرفیت آزاد نامعلوم، یا بیرون از تقسیم',
  'takes no part in the sharing': 'بیرون از تقسیم',
  'the standard\'s reach': 'دسترسی استاندارد',
  'the value is a word': 'مقدار یک واژه است',
  'the value is a number': 'مقدار یک عدد است',
  'not stated': 'گفته نشده',
  'the nation, or units without a province': 'کشور، یا واحدهای بدون استان',
  'nation, province, or units without a county': 'کشور، استان، یا واحدهای بدون شهرستان',
  'no unit\'s population is known': 'جمعیت هیچ واحدی معلوم نیست',
  'unknown for every unit over the threshold, or no unit\'s population is known':
    'برای همه واحدهای بیش از آستانه نامعلوم، یا جمعیت هیچ واحدی معلوم نیست',
  'unknown for a unit over the threshold, or no unit\'s population is known':
    'برای واحدی بیش از آستانه نامعلوم، یا جمعیت هیچ واحدی معلوم نیست',
  'no unit states a served share': 'هیچ واحدی سهم برخورداری را نمی‌گوید',
  'no way found: see unroutable_reason': 'مسیری یافت نشد: علت در unroutable_reason',
  'no way found, or no name given': 'مسیری یافت نشد، یا نامی داده نشده',
  'a way was found': 'مسیر یافت شد',
  'the reach is by the straight line, or no way was found': 'دسترسی به خط مستقیم است یا مسیری یافت نشد',
  'the reach is by the straight line, or a way was found': 'دسترسی به خط مستقیم است یا مسیر یافت شد',
  'ways lead to it': 'مسیر به آن هست',
  'no settlement with a way': 'آبادی دارای مسیر نیست',
  'no settlement of known population with a way': 'آبادی دارای مسیر با جمعیت معلوم نیست',
  'population unknown': 'جمعیت نامعلوم',
  'population unknown or 0': 'جمعیت نامعلوم یا صفر',
  'no population known of it or its settlements': 'جمعیتش و جمعیت آبادی‌هایش نامعلوم',
  'in no rural district': 'در هیچ دهستانی نیست',
  'unknown, or a zone': 'نامعلوم، یا ناحیه است',
  'unknown for every unit': 'برای همه واحدها نامعلوم',
  'unknown for a unit': 'برای واحدی نامعلوم',
  'a unit\'s population is unknown, or nobody lives there': 'جمعیت واحدی نامعلوم است، یا کسی ساکن نیست',
  'the whole study': 'همه مطالعه',
  'no file at fault': 'بدون فایل',
  'the whole layer': 'همه لایه',
  'no field at fault': 'بدون فیلد',
  'nothing was done': 'کاری انجام نشد'
};
}(window.amayeshReport = window.amayeshReport || {}));
