// A list of any length of which only the rows in sight, and some beside them, are in the document.

import { html, render, repeat } from "./lit.js";

const BESIDE = 8;

export class VirtualList {
  #element;
  #sizer;
  #window;
  #rows = [];
  #key;
  #row;
  #height;
  #onEnd;
  #scheduled = false;
  #place;

  /**
   * @param key what names a row, so that it keeps its element
   * @param row its template, from the row and its index
   * @param height of each row in pixels, as a function, since it may change with the width of the page
   * @param onEnd called when what is in sight comes near to the last row
   */
  constructor({ key, row, height, onEnd = () => {} }) {
    this.#key = key;
    this.#row = row;
    this.#height = height;
    this.#onEnd = onEnd;
    this.#element = document.createElement("div");
    this.#element.className = "rows";
    this.#element.setAttribute("role", "rowgroup");
    this.#sizer = document.createElement("div");
    this.#sizer.setAttribute("role", "presentation");
    this.#window = document.createElement("div");
    this.#window.className = "rows-window";
    this.#window.setAttribute("role", "presentation");
    this.#sizer.append(this.#window);
    this.#element.append(this.#sizer);
    this.#element.addEventListener("scroll", () => this.#later(), { passive: true });
    new ResizeObserver(() => this.#later()).observe(this.#element);
  }

  /** The element that scrolls; views place it. */
  get element() {
    return this.#element;
  }

  /** Shows these rows from now on. */
  show(rows) {
    this.#rows = rows;
    this.#paint();
  }

  /** Moves as little as it takes to have the row in sight. */
  reveal(index) {
    const height = this.#height();
    const top = index * height;
    const view = this.#element;
    if (top < view.scrollTop) {
      view.scrollTop = top;
    } else if (top + height > view.scrollTop + view.clientHeight) {
      view.scrollTop = top + height - view.clientHeight;
    }
    this.#paint();
  }

  toTop() {
    this.#element.scrollTop = 0;
    this.#place = undefined;
  }

  /** Browsers forget how far an element was scrolled when it leaves the document: it is where it was when it comes back. */
  keepPlace() {
    this.#place = this.#element.scrollTop;
  }

  #later() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      requestAnimationFrame(() => {
        this.#scheduled = false;
        this.#paint();
      });
    }
  }

  #paint() {
    const height = this.#height();
    this.#sizer.style.height = `${this.#rows.length * height}px`;
    if (this.#place !== undefined && this.#element.clientHeight > 0) {
      this.#element.scrollTop = this.#place;
      this.#place = undefined;
    }
    const { scrollTop, clientHeight } = this.#element;
    const first = Math.max(0, Math.floor(scrollTop / height) - BESIDE);
    const end = Math.min(this.#rows.length, Math.ceil((scrollTop + clientHeight) / height) + BESIDE);
    this.#window.style.transform = `translateY(${first * height}px)`;
    const rows = this.#rows.slice(first, end).map((row, i) => ({ row, index: first + i }));
    render(html`${repeat(rows, ({ row }) => this.#key(row), ({ row, index }) => this.#row(row, index))}`, this.#window);
    if (clientHeight > 0 && end >= this.#rows.length - BESIDE) {
      this.#onEnd();
    }
  }
}
