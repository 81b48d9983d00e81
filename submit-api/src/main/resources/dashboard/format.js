// How times, durations and numbers are written.

const NUMBER = new Intl.NumberFormat("en");
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const FULL = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const count = (n) => NUMBER.format(n ?? 0);

/** 1234 as "1.2k": for places that are too narrow for all of it. */
export function short(n) {
  if (n < 10_000) {
    return NUMBER.format(n);
  }
  return n < 1_000_000 ? `${(n / 1000).toFixed(n < 100_000 ? 1 : 0)}k` : `${(n / 1_000_000).toFixed(1)}M`;
}

/** Milliseconds as two units at most: "850 ms", "4.2 s", "3 min 20 s", "2 h 5 min", "3 d 4 h". */
export function duration(ms) {
  if (!Number.isFinite(ms) || ms < 0) {
    return "0 s";
  }
  if (ms < 1000) {
    return `${Math.round(ms)} ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 60) {
    return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  }
  return twoUnits(Math.round(seconds));
}

function twoUnits(seconds) {
  const units = [["d", 86_400], ["h", 3600], ["min", 60], ["s", 1]];
  const first = units.findIndex(([, size]) => seconds >= size);
  const [name, size] = units[first];
  const [nextName, nextSize] = units[first + 1] ?? ["", 1];
  const rest = Math.floor((seconds % size) / nextSize);
  return `${Math.floor(seconds / size)} ${name}${rest > 0 && nextName ? ` ${rest} ${nextName}` : ""}`;
}

/** Whole seconds, for what counts up or down before one's eyes. */
export function ticking(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 60 ? `${seconds} s` : twoUnits(seconds);
}

/** "now", "12 s ago", "3 h ago", "in 5 min". */
export function relative(iso, now = Date.now()) {
  const ms = now - Date.parse(iso);
  if (Number.isNaN(ms)) {
    return "";
  }
  const amount = oneUnit(Math.abs(ms) / 1000);
  if (amount === "") {
    return "now";
  }
  return ms >= 0 ? `${amount} ago` : `in ${amount}`;
}

function oneUnit(seconds) {
  if (seconds < 1.5) {
    return "";
  }
  if (seconds < 60) {
    return `${Math.round(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86_400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

/** The clock's time today, the day as well on others. */
export function time(iso) {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    return "";
  }
  const clock = CLOCK.format(date);
  return date.toDateString() === new Date().toDateString() ? clock : `${DAY.format(date)} ${clock}`;
}

export function fullTime(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : FULL.format(date);
}

/** With milliseconds, as logs have it. */
export function preciseTime(iso) {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? "" : `${CLOCK.format(date)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** Milliseconds of a duration in ISO 8601 that has no months or years. */
export function parseDuration(iso) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(iso ?? "");
  if (!parts) {
    return Number.NaN;
  }
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

export const isoDuration = (iso) => {
  const ms = parseDuration(iso);
  return Number.isNaN(ms) ? (iso ?? "") : duration(ms);
};

/** The end of an id, which is what differs among those of one time. */
export const shortId = (id) => (id.length > 12 ? id.slice(-8) : id);

export const percent = (n) => `${Math.floor(n)} %`;

export function bytes(n) {
  if (n < 1024) {
    return `${n} B`;
  }
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 1024 / 1024).toFixed(1)} MiB`;
}

export const words = (name) => name.replaceAll(/[_-]/g, " ");

export function plural(n, one, many = `${one}s`) {
  return `${count(n)} ${n === 1 ? one : many}`;
}
