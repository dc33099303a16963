"use strict";
const report = JSON.parse(document.getElementById("report-data").textContent);
document.title = report.study.title;
const heading = document.createElement("h1");
heading.textContent = report.study.title;
document.getElementById("report").append(heading);
