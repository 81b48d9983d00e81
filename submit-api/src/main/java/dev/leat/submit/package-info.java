/** The HTTP API. Its beans exist only in a process that has the role {@code api}. */
@NullMarked
@Configuration
@Requires(property = "leat.roles.api", value = "true")
package dev.leat.submit;

import org.jspecify.annotations.NullMarked;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
