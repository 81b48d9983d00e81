// Line icons of 16 by 16.

import { svg, html } from "./lit.js";

const PATHS = {
  queue: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h7"/>`,
  submit: svg`<path d="M8 3v10M3 8h10"/>`,
  batches: svg`<path d="M8 2 2.5 5 8 8l5.5-3L8 2ZM2.5 8 8 11l5.5-3M2.5 11 8 14l5.5-3"/>`,
  schedules: svg`<circle cx="8" cy="8" r="5.5"/><path d="M8 5v3l2 1.5"/>`,
  plugins: svg`<path d="M6 2v3M10 2v3M4 5h8v3a4 4 0 0 1-8 0V5ZM8 12v2"/>`,
  workers: svg`<rect x="2.5" y="3" width="11" height="4" rx="1"/><rect x="2.5" y="9" width="11" height="4" rx="1"/><path d="M5 5h.01M5 11h.01"/>`,
  "dead-letters": svg`<path d="M2.5 5.5 4 2.5h8l1.5 3v7a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1v-7ZM2.5 8.5h3l1 2h3l1-2h3"/>`,
  charts: svg`<path d="M2.5 2.5v11h11M5 10l2.5-3 2 2L13 4.5"/>`,
  menu: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h11"/>`,
  close: svg`<path d="m4 4 8 8M12 4l-8 8"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 3 3"/>`,
  retry: svg`<path d="M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5"/>`,
  copy: svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1"/><path d="M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2"/>`,
  pause: svg`<path d="M5.5 3.5v9M10.5 3.5v9"/>`,
  resume: svg`<path d="m5 3 8 5-8 5V3Z"/>`,
  back: svg`<path d="M9.5 3.5 5 8l4.5 4.5"/>`,
  system: svg`<rect x="2" y="3" width="12" height="8" rx="1"/><path d="M6 13.5h4"/>`,
  light: svg`<circle cx="8" cy="8" r="2.75"/><path d="M8 1.5v1.5M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1"/>`,
  dark: svg`<path d="M13 9.5A5.5 5.5 0 0 1 6.5 3a5.5 5.5 0 1 0 6.5 6.5Z"/>`,
  help: svg`<circle cx="8" cy="8" r="6"/><path d="M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.3h.01"/>`,
  trash: svg`<path d="M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${PATHS[name]}</svg>`;
}
