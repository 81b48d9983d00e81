package dev.leat.plugins.demo.fetch;

import java.time.Duration;

/**
 * How far one URL is followed.
 *
 * @param time for everything about it: looking up, connecting, redirects, body
 * @param bytes of the body, at least 1
 * @param redirects one after the other
 */
record FetchLimits(Duration time, int bytes, int redirects) {

    static final FetchLimits DEFAULT = new FetchLimits(Duration.ofSeconds(10), 1 << 20, 5);
}
