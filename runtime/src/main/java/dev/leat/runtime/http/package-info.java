/** Errors over HTTP as problem details (RFC 9457), for every route of whichever role runs. */
@NullMarked
package dev.leat.runtime.http;

import org.jspecify.annotations.NullMarked;
