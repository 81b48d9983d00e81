package dev.leat.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a component of an input or a result means, with its unit where it has one. It is the {@code description} in
 * the JSON Schema that Leat publishes for the job type; on a record or an enum it describes the type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Description {

    /** A sentence or two for the people who submit jobs. */
    String value();
}
