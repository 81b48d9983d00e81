package dev.leat.runtime.json;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;

/** Makes each component of a record required that is not an {@link Optional}: a record has no nulls. */
final class RequiredComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        boolean component = member instanceof AnnotatedParameter && member.getDeclaringClass().isRecord();
        return component ? member.getRawType() != Optional.class : null;
    }
}
