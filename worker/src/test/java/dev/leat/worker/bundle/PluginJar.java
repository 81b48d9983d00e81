package dev.leat.worker.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.jspecify.annotations.NullMarked;

import dev.leat.plugin.Plugin;

import jakarta.validation.constraints.Min;

/** A jar, compiled in the test from its sources as an author's build would, against the plugin API alone. */
public final class PluginJar {

    /** The system property that lets the jobs of the name {@code gate} wait while it is true. */
    public static final String GATE = "leat.test.closed";

    private static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

    private static final String PLUGIN = """
            package org.example;

            import dev.leat.plugin.*;
            import jakarta.validation.constraints.*;
            import java.time.Duration;
            import java.util.List;

            public final class ThePlugin implements Plugin {

                public record Input(@DefaultValue("you") @Size(max = 100) String name) {}

                public record Result(String text, String loader) {}

                @Override
                public String id() {
                    return "$id";
                }

                @Override
                public void start() throws Exception {
                    $start
                }

                @Override
                public void stop() {
                    System.setProperty("leat.test.stopped." + id(), "$version");
                }

                @Override
                public List<JobType<?, ?>> jobTypes() {
                    return List.of(JobType.named("$type", Input.class, Result.class).handledBy((input, context) -> {
                        while (input.name().equals("gate") && Boolean.getBoolean("leat.test.closed")) {
                            Thread.sleep(Duration.ofMillis(10));
                        }
                        return JobOutcome.succeeded(new Result($result,
                                String.valueOf(Thread.currentThread().getContextClassLoader().getName())));
                    }));
                }
            }
            """;

    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, byte[]> resources = new TreeMap<>();
    private final List<Path> libraries = new ArrayList<>();

    /** An empty one. */
    public PluginJar() {}

    /**
     * A plugin of one job type, {@code greet}, whose result begins with the version. It notes in a system property which
     * version was stopped last.
     */
    public static PluginJar greeting(String id, String version) {
        return plugin(id, "greet", version, "\"" + version + " greets \" + input.name()", "");
    }

    /** A plugin of one job type. Its jobs run for as long as {@link #GATE} is closed, where they name {@code gate}. */
    public static PluginJar plugin(String id, String type, String version, String resultExpression, String start) {
        return new PluginJar()
                .source("org.example.ThePlugin", PLUGIN.replace("$id", id)
                        .replace("$start", start)
                        .replace("$version", version)
                        .replace("$type", type)
                        .replace("$result", resultExpression))
                .service("org.example.ThePlugin");
    }

    /** Adds a class. */
    public PluginJar source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    /** Adds a provider of plugins. */
    public PluginJar service(String className) {
        return resource(SERVICES, className.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public PluginJar resource(String path, byte[] content) {
        resources.put(path, content);
        return this;
    }

    /** Compiles against another jar. */
    public PluginJar library(Path jar) {
        libraries.add(jar);
        return this;
    }

    /** The whole jar. */
    public byte[] bytes() throws IOException {
        Path classes = Files.createTempDirectory("leat-test-classes-");
        try {
            compile(classes);
            return packed(classes);
        } finally {
            new TemporaryFolder(classes).delete();
        }
    }

    /** Puts it into a file, as a careful deployment does: under another name first. */
    public Path moveTo(Path file) throws IOException {
        return move(bytes(), file);
    }

    /** Puts a jar into a file in one step. */
    public static Path move(byte[] jar, Path file) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(aside, jar);
        return Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void compile(Path classes) {
        if (sources.isEmpty()) {
            return;
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> units = sources.entrySet()
                .stream()
                .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
                .toList();
        String classPath = Stream.concat(libraries.stream(), Stream.of(Plugin.class, Min.class, NullMarked.class)
                .map(PluginJar::home)).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        assertThat(compiler.getTask(null, null, null, List.of("-d", classes.toString(), "-cp", classPath, "-proc:none"),
                null, units).call()).as("compiled").isTrue();
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] packed(Path classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes); Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                write(jar, classes.relativize(file).toString().replace(File.separatorChar, '/'), Files.readAllBytes(
                        file));
            }
            for (Map.Entry<String, byte[]> resource : resources.entrySet()) {
                write(jar, resource.getKey(), resource.getValue());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return bytes.toByteArray();
    }

    private static void write(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
