package dev.leat.runtime.http;

import static dev.leat.runtime.http.MalformedArgument.quoted;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import io.micronaut.json.JsonSyntaxException;

import dev.leat.runtime.text.NearestNames;

/** Problems of a request's JSON. Jackson's own messages name its classes and options, so none is passed on. */
final class MalformedBody {

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.+)'", Pattern.DOTALL);

    private MalformedBody() {}

    static Problem missing() {
        return malformed("Expected a JSON body, but there is none.");
    }

    static Problem of(JsonSyntaxException error) {
        return error.getCause() instanceof JacksonException cause
                ? of(cause)
                : malformed("Expected JSON, but it is malformed.");
    }

    static Problem of(JacksonException error) {
        return switch (error) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case MismatchedInputException mismatch -> mismatch(mismatch);
            case JsonMappingException mapping -> mapping(mapping);
            case StreamConstraintsException _ -> malformed(
                    "Expected JSON without excessive nesting, names or numbers, but it goes too far" + place(error));
            default -> malformed(syntax(error));
        };
    }

    private static Problem mapping(JsonMappingException error) {
        if (error.getCause() instanceof InputCoercionException number) {
            return invalid(pointer(error), "Expected " + ExpectedForm.of(number.getTargetType()) + at(pointer(error))
                    + ", but it is too large for one.");
        }
        if (error.getCause() instanceof JacksonException syntax && !(syntax instanceof JsonMappingException)) {
            return of(syntax); // Jackson has wrapped what it found inside a list.
        }
        String pointer = pointer(error);
        return invalid(pointer, OwnWords.of(error).orElse("Expected another value" + at(pointer) + "."));
    }

    private static String syntax(JacksonException error) {
        Matcher duplicate = DUPLICATE.matcher(error.getOriginalMessage());
        return duplicate.matches()
                ? "Expected each field once, but " + quoted(duplicate.group(1)) + " comes again" + place(error)
                : "Expected JSON, but it is malformed" + place(error);
    }

    private static Problem unknown(UnrecognizedPropertyException error) {
        Collection<String> known = Objects.requireNonNullElse(error.getKnownPropertyIds(), List.of())
                .stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        return invalid(pointer(error), "Expected only the fields " + String.join(", ", known) + ", but got "
                + quoted(error.getPropertyName()) + NearestNames.suggestion(error.getPropertyName(), known) + ".");
    }

    private static Problem mismatch(MismatchedInputException error) {
        String message = error.getOriginalMessage();
        if (message.startsWith("Missing required") || message.startsWith("Null value for creator property")) {
            return invalid(pointer(error), "Expected a value" + at(pointer(error)) + ", but there is none.");
        }
        if (message.startsWith("No content to map")) {
            return missing();
        }
        if (message.startsWith("Trailing token")) {
            return malformed("Expected nothing after the JSON value, but there is more" + place(error));
        }
        String pointer = pointer(error);
        return invalid(pointer, OwnWords.of(error)
                .orElseGet(() -> "Expected " + form(error) + at(pointer) + ", but got " + got(error) + "."));
    }

    private static String form(MismatchedInputException error) {
        return Optional.<Class<?>>ofNullable(error.getTargetType()).map(ExpectedForm::of).orElse("another value");
    }

    private static String got(MismatchedInputException error) {
        if (error instanceof InvalidFormatException format && format.getValue() != null) {
            return quoted(String.valueOf(format.getValue()));
        }
        return error.getOriginalMessage().startsWith("Cannot map `null`") ? "null" : "something else";
    }

    private static String pointer(JsonMappingException error) {
        String pointer = "";
        for (JsonMappingException.Reference step : error.getPath()) {
            pointer = child(pointer,
                    step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName());
        }
        return pointer;
    }

    private static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    private static String at(String pointer) {
        return pointer.isEmpty() ? "" : " at " + quoted(pointer);
    }

    private static String place(JacksonException error) {
        JsonLocation location = error instanceof JsonProcessingException parsing
                ? parsing.getLocation()
                : null;
        return location == null
                ? "."
                : " at line " + location.getLineNr() + ", column " + location.getColumnNr() + ".";
    }

    private static Problem malformed(String detail) {
        return Problem.of("malformed-json", "Malformed JSON", 400).withDetail(detail);
    }

    private static Problem invalid(String pointer, String detail) {
        return Problem.of("invalid-request", "Invalid request", 400).withDetail(detail).with("pointer", pointer);
    }
}
