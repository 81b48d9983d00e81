package dev.leat.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a component of an input record has when the submission does not name it; it makes the component
 * optional. The default meets the component's own constraints: Leat refuses to load a plugin where it does not.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface DefaultValue {

    /**
     * Text and enum constants as they are ({@code @DefaultValue("hello")}, {@code @DefaultValue("FAST")}), everything
     * else as JSON ({@code @DefaultValue("1000")}, {@code @DefaultValue("true")}, {@code @DefaultValue("[1, 2]")}).
     */
    String value();
}
