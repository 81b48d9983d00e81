package dev.leat.runtime.http;

import java.util.Optional;
import java.util.function.Function;

import io.micronaut.core.convert.MutableConversionService;
import io.micronaut.core.convert.TypeConverter;
import io.micronaut.core.convert.TypeConverterRegistrar;
import jakarta.inject.Singleton;

import dev.leat.domain.JobId;
import dev.leat.domain.JobTypeName;

/** Lets routes take the domain's ids and names from paths and queries. */
@Singleton
final class DomainConverters implements TypeConverterRegistrar {

    @Override
    public void register(MutableConversionService conversions) {
        conversions.addConverter(String.class, JobId.class, parsing(JobId::parse));
        conversions.addConverter(String.class, JobTypeName.class, parsing(JobTypeName::parse));
    }

    private static <T> TypeConverter<String, T> parsing(Function<String, T> parser) {
        return (text, _, context) -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (IllegalArgumentException e) {
                context.reject(text, e);
                return Optional.empty();
            }
        };
    }
}
