/**
 * The worker: claims jobs of the plugins that it hosts, runs them, and says what became of them. Its beans exist only in
 * a process that has the role {@code worker}.
 */
@NullMarked
@Configuration
@Requires(property = "leat.roles.worker", value = "true")
package dev.leat.worker;

import org.jspecify.annotations.NullMarked;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
