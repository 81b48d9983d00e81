package dev.leat.worker.plugin;

import com.github.victools.jsonschema.generator.FieldScope;
import java.lang.annotation.Annotation;
import org.jspecify.annotations.Nullable;

/** The annotations of a property, or of the items of a list or map. */
final class ScopeAnnotations {

    private ScopeAnnotations() {}

    static <A extends Annotation> @Nullable A of(FieldScope field, Class<A> annotation) {
        return field.isFakeContainerItemScope()
                ? field.getContainerItemAnnotation(annotation)
                : field.getAnnotation(annotation);
    }
}
