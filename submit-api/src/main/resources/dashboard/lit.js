// The one place that knows where the library lies.
export { html, svg, noChange, nothing, render } from "./lib/lit-html/lit-html.js";
export { repeat } from "./lib/lit-html/directives/repeat.js";
