/** Leat's HTTP API as the commands see it, with its streams of events. */
@NullMarked
package dev.leat.cli.http;

import org.jspecify.annotations.NullMarked;
