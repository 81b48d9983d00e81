// Curves over time, drawn by uPlot in the colours of the page.

import uPlot from "./lib/uplot/uPlot.esm.js";
import { html } from "./lit.js";
import { count, duration, parseDuration } from "./format.js";

const HEIGHT = 190;
const MINUTE_MS = 60_000;
/** Values that stand alone have no line; so many are shown as dots as well. */
const FEW = 30;

const perMinute = (n) => `${n >= 10 ? count(Math.round(n)) : n.toFixed(1).replace(".0", "")}/min`;
const seconds = (n) => duration(n * 1000);

/** Steps of an axis of whole numbers. */
const WHOLE = Array.from({ length: 12 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

/** What is drawn: each curve takes its value out of a piece of the history. */
const CHARTS = [
  {
    title: "Throughput", format: perMinute, curves: [
      { name: "completed", color: "--green", fill: true, value: (bucket, perMinuteOf) => bucket.completed * perMinuteOf },
      { name: "failed", color: "--red", value: (bucket, perMinuteOf) => bucket.failed * perMinuteOf },
      { name: "started", color: "--blue", value: (bucket, perMinuteOf) => bucket.started * perMinuteOf },
    ],
  },
  { title: "Queue depth", format: (n) => count(Math.round(n)), steps: WHOLE, curves: [{ name: "queued", color: "--blue", fill: true, value: (bucket) => bucket.queued }] },
  {
    title: "Wait until the first start", format: seconds, curves: [
      { name: "p50", color: "--blue", value: ({ wait }) => wait?.p50 }, { name: "p99", color: "--amber", value: ({ wait }) => wait?.p99 }],
  },
  {
    title: "Run time", format: seconds, curves: [
      { name: "p50", color: "--blue", value: ({ run }) => run?.p50 }, { name: "p99", color: "--amber", value: ({ run }) => run?.p99 }],
  },
];

export class Charts {
  #charts = CHARTS.map((chart) => new Chart(chart));

  constructor() {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("./lib/uplot/uPlot.min.css", import.meta.url).pathname;
    document.head.append(sheet);
  }

  template(history) {
    const factor = MINUTE_MS / parseDuration(history.bucket);
    this.#charts.forEach((chart) => chart.show(history.buckets, factor));
    return html`<div class="charts">${this.#charts.map((chart) => chart.template())}</div>`;
  }

  /** In the colours of another theme. */
  repaint() {
    this.#charts.forEach((chart) => chart.rebuild());
  }
}

class Chart {
  #chart;
  #plot;
  #element = document.createElement("div");
  #data = [[]];
  #index;
  #shown;

  constructor(chart) {
    this.#chart = chart;
    this.#element.className = "chart-plot";
    new ResizeObserver(() => this.#fit()).observe(this.#element);
  }

  /** The last piece has not ended: what is counted in it would look like a fall. */
  show(buckets, factor) {
    if (buckets === this.#shown) {
      return;
    }
    this.#shown = buckets;
    const whole = buckets.slice(0, -1);
    this.#data = [whole.map(({ at }) => Date.parse(at) / 1000),
      ...this.#chart.curves.map(({ value }) => whole.map((bucket) => value(bucket, factor) ?? null))];
    this.#plot?.setData(this.#data);
  }

  rebuild() {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#fit();
  }

  #fit() {
    const width = Math.floor(this.#element.clientWidth);
    if (width === 0) {
      return;
    }
    if (this.#plot) {
      this.#plot.setSize({ width, height: HEIGHT });
    } else {
      this.#plot = new uPlot(this.#options(width), this.#data, this.#element);
    }
  }

  #options(width) {
    const axis = { stroke: color("--muted"), grid: { stroke: color("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
    return {
      width,
      height: HEIGHT,
      legend: { show: false },
      padding: [10, 8, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: { y: { range: (plot, low, high) => [0, Math.max(high ?? 0, 1e-3) * 1.15] } },
      axes: [{ ...axis, size: 28, space: 70, values: (plot, ticks) => ticks.map((tick) => clock(tick)) },
        { ...axis, size: 64, space: 32, incrs: this.#chart.steps, values: (plot, ticks) => ticks.map((tick) => this.#chart.format(tick)) }],
      series: [{}, ...this.#chart.curves.map(({ name, color: variable, fill }) => ({
        label: name, stroke: color(variable), width: 1.5, spanGaps: false,
        points: { size: 4, fill: color(variable), show: (plot, i) => plot.data[i].filter((value) => value !== null).length < FEW },
        fill: fill ? color(`color-mix(in srgb, var(${variable}) 14%, transparent)`) : undefined,
      }))],
      hooks: { setCursor: [({ cursor }) => this.#pointed(cursor.idx)] },
    };
  }

  #pointed(index) {
    this.#index = index ?? undefined;
    const values = this.#element.parentElement?.querySelectorAll(".legend strong") ?? [];
    values.forEach((value, i) => {
      value.textContent = this.#valueOf(i);
    });
  }

  /** Where the mouse is, else the last one. */
  #valueOf(i) {
    const values = this.#data[i + 1] ?? [];
    const value = values[this.#index ?? values.length - 1];
    return value === null || value === undefined ? "–" : this.#chart.format(value);
  }

  template() {
    const { title, curves } = this.#chart;
    const inWords = curves.map(({ name }, i) => `${name} ${this.#valueOf(i)}`).join(", ");
    return html`<section class="card chart" aria-label=${title}>
      <div class="card-head"><h2>${title}</h2><div class="legend">${curves.map(({ name, color: variable }, i) => html`<span>
        <span class="dot ${variable.slice(2)}" aria-hidden="true"></span>${name} <strong .textContent=${this.#valueOf(i)}></strong></span>`)}</div></div>
      <div role="img" aria-label=${`${title} over the last hour; now ${inWords}`}>${this.#element}</div></section>`;
  }
}

function clock(seconds) {
  const date = new Date(seconds * 1000);
  return `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
}

/** What a custom property, or an expression with some, is in the theme of now. */
function color(expression) {
  const probe = document.createElement("span");
  probe.style.color = expression.startsWith("--") ? `var(${expression})` : expression;
  document.body.append(probe);
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}
