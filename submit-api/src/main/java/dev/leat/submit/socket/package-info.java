/**
 * The WebSocket of the queue: everything that happens to jobs, and commands, over one connection.
 *
 * <p>Its messages are documented in {@code asyncapi.yaml}, which is served beside the OpenAPI document.
 */
@NullMarked
package dev.leat.submit.socket;

import org.jspecify.annotations.NullMarked;
