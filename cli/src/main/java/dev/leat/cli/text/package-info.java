/** What is said to people: numbers, times, tables and jobs as text. No I/O. */
@NullMarked
package dev.leat.cli.text;

import org.jspecify.annotations.NullMarked;
