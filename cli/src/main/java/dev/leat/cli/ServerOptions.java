package dev.leat.cli;

import java.net.URI;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command of a user has. */
final class ServerOptions {

    @Option(names = "--server", paramLabel = "URL", defaultValue = "${env:LEAT_SERVER:-http://localhost:8080}", converter = ServerUrl.class, description = "Where Leat answers (default: LEAT_SERVER, or http://localhost:8080).")
    private URI server = URI.create("http://localhost:8080");

    @Option(names = "--json", description = "Show what the server answers as JSON, for scripts.")
    private boolean json;

    URI server() {
        return server;
    }

    boolean json() {
        return json;
    }

    /** Takes what people write: {@code host:port}, too. */
    static final class ServerUrl implements ITypeConverter<URI> {

        @Override
        public URI convert(String text) {
            String url = text.contains("://") ? text : "http://" + text;
            try {
                URI server = URI.create(url);
                if (server.getHost() != null && server.getScheme().matches("https?")) {
                    return server;
                }
            } catch (IllegalArgumentException none) {
                throw refused(text);
            }
            throw refused(text);
        }

        private static TypeConversionException refused(String text) {
            return new TypeConversionException(
                    "Expected the URL of a server, such as http://localhost:8080, but got '" + text + "'");
        }
    }
}
