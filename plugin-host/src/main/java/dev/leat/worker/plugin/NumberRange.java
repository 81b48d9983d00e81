package dev.leat.worker.plugin;

import com.github.victools.jsonschema.generator.FieldScope;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Negative;
import jakarta.validation.constraints.NegativeOrZero;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bounds that a whole number has by its Java type, where its annotations set none. */
final class NumberRange {

    private static final Map<Class<?>, Integer> BITS = Map.of(short.class, 16,
            Short.class, 16, int.class, 32, Integer.class, 32, long.class, 64, Long.class, 64);

    private static final List<Class<? extends Annotation>> LOWER = List.of(Min.class, DecimalMin.class, Positive.class,
            PositiveOrZero.class);

    private static final List<Class<? extends Annotation>> UPPER = List.of(Max.class, DecimalMax.class, Negative.class,
            NegativeOrZero.class);

    private NumberRange() {}

    static @Nullable BigDecimal minimum(FieldScope field) {
        Integer bits = bits(field, LOWER);
        return bits == null ? null : BigDecimal.TWO.pow(bits - 1).negate();
    }

    static @Nullable BigDecimal maximum(FieldScope field) {
        Integer bits = bits(field, UPPER);
        return bits == null ? null : BigDecimal.TWO.pow(bits - 1).subtract(BigDecimal.ONE);
    }

    private static @Nullable Integer bits(FieldScope field, List<Class<? extends Annotation>> bounds) {
        boolean bounded = bounds.stream().anyMatch(bound -> ScopeAnnotations.of(field, bound) != null);
        return bounded ? null : BITS.get(field.getType().getErasedType());
    }
}
