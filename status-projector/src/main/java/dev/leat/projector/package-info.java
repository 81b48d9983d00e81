/** The status projector: folds facts into jobs, and answers what is asked about them. */
@NullMarked
@Configuration
@Requires(property = "leat.roles.projector", value = "true")
package dev.leat.projector;

import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.jspecify.annotations.NullMarked;
