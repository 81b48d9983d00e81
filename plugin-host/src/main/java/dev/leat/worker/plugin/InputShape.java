package dev.leat.worker.plugin;

import jakarta.validation.Constraint;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.PatternSyntaxException;

/**
 * Checks that an input record says nothing that its JSON Schema could not say: a constraint that is silently not
 * checked, or a type that JSON does not fill, is worse than a plugin that does not load.
 */
final class InputShape {

    private static final Set<Class<? extends Annotation>> CONSTRAINTS = Set.of(Min.class, Max.class, DecimalMin.class,
            DecimalMax.class, Positive.class, PositiveOrZero.class, Negative.class, NegativeOrZero.class, Size.class,
            NotNull.class, NotEmpty.class, NotBlank.class, Pattern.class);

    private static final Set<Class<?>> SCALARS = Set.of(boolean.class, short.class, int.class, long.class,
            double.class, Boolean.class, Short.class, Integer.class, Long.class, Double.class,
            BigInteger.class, BigDecimal.class, String.class, UUID.class, URI.class, Instant.class,
            LocalDate.class, Duration.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final Set<Class<?>> CONTAINERS = Set.of(Optional.class, List.class, Set.class);

    private final Set<Class<? extends Record>> seen = new HashSet<>();
    /** Without repetition: a constraint may stand on the component and, by the same annotation, on its type. */
    private final Set<String> problems = new LinkedHashSet<>();

    private InputShape() {}

    /** What is wrong with the record, with all records inside of it; empty if nothing is. */
    static List<String> problems(Class<? extends Record> input) {
        InputShape shape = new InputShape();
        shape.visitRecord(input);
        return List.copyOf(shape.problems);
    }

    /** The records that an input is made of, itself included. */
    static Set<Class<? extends Record>> records(Class<? extends Record> input) {
        InputShape shape = new InputShape();
        shape.visitRecord(input);
        return Set.copyOf(shape.seen);
    }

    private void visitRecord(Class<? extends Record> type) {
        if (!seen.add(type)) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String place = type.getSimpleName() + "." + component.getName();
            // A constraint of a record component is passed on to the field; some do not stay on the component.
            visitConstraints(fieldAnnotations(type, component), place);
            visitType(component.getAnnotatedType(), place);
            visitDefault(new InputComponent(component));
        }
    }

    private static Annotation[] fieldAnnotations(Class<?> type, RecordComponent component) {
        try {
            return type.getDeclaredField(component.getName()).getAnnotations();
        } catch (NoSuchFieldException e) {
            throw new AssertionError("Expected a field for each component of " + type, e);
        }
    }

    private void visitDefault(InputComponent component) {
        try {
            component.defaultValue();
        } catch (IllegalArgumentException e) {
            problems.add(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private void visitType(AnnotatedType annotated, String place) {
        visitConstraints(annotated.getAnnotations(), place);
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType generic) {
            visitContainer(generic, place);
        } else if (type instanceof Class<?> plain && plain.isRecord()) {
            visitRecord(plain.asSubclass(Record.class));
        } else if (!(type instanceof Class<?> plain) || !(SCALARS.contains(plain) || plain.isEnum())) {
            problems.add("Expected %s to be of a type that the documentation of dev.leat.plugin lists, but it is %s"
                    .formatted(place, type.getTypeName()));
        }
    }

    private void visitContainer(AnnotatedParameterizedType generic, String place) {
        AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
        Type raw = ((ParameterizedType) generic.getType()).getRawType();
        if (raw == Map.class && arguments[0].getType() == String.class) {
            visitType(arguments[1], place);
        } else if (raw instanceof Class<?> container && CONTAINERS.contains(container)) {
            visitType(arguments[0], place);
        } else {
            problems.add("Expected %s to be an Optional, a List, a Set or a Map with String keys, but it is %s"
                    .formatted(place, generic.getType().getTypeName()));
        }
    }

    private void visitConstraints(Annotation[] annotations, String place) {
        for (Annotation annotation : annotations) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (annotation instanceof Pattern pattern) {
                visitPattern(pattern, place);
            } else if (!CONSTRAINTS.contains(type)
                    && (type.isAnnotationPresent(Constraint.class) || isRepeated(type))) {
                problems.add("Expected constraints that JSON Schema can express, each once, but %s has @%s"
                        .formatted(place, type.getCanonicalName()));
            }
        }
    }

    private void visitPattern(Pattern pattern, String place) {
        if (pattern.flags().length > 0) {
            problems.add("Expected @Pattern of %s to be without flags, which JSON Schema does not have, but it has %s"
                    .formatted(place, List.of(pattern.flags())));
        }
        try {
            java.util.regex.Pattern.compile(pattern.regexp());
        } catch (PatternSyntaxException e) {
            problems.add(
                    "Expected @Pattern of %s to be a regular expression, but: %s".formatted(place, e.getMessage()));
        }
    }

    /** Several constraints of one kind are wrapped in the kind's own list. */
    private static boolean isRepeated(Class<? extends Annotation> type) {
        Class<?> kind = type.getEnclosingClass();
        return kind != null && kind.isAnnotationPresent(Constraint.class);
    }
}
