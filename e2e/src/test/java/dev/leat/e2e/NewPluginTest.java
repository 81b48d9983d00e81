package dev.leat.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import jakarta.validation.Constraint;

/** What the author of a plugin does: {@code leat plugin new}, build, drop the jar in, change it, remove it. */
@Tag("process")
class NewPluginTest {

    private static final String TYPES = "/api/v1/job-types";

    @TempDir
    Path folder;

    @Test
    void shouldHostANewPluginFromItsJarToItsRemovalWithoutARestart() throws Exception {
        Path project = folder.resolve("mill");
        newPlugin("mill", project);
        Path plugins = Files.createDirectory(folder.resolve("plugins"));
        try (LeatProcess leat = LeatProcess.start(folder, "up", "up", "--data", folder.resolve("data").toString(),
                "--broker-port", "0", "--registry-port", "0", "--port", "0", "--plugins", plugins.toString());
                LeatApi api = new LeatApi(leat.url())) {
            build(project, plugins.resolve("mill.jar"));
            awaitType(api, true);
            assertThat(greetings(api)).isEqualTo("[\"Hello Ada\"]");

            Path handler = project.resolve("src/main/java/org/example/mill/GreetHandler.java");
            Files.writeString(handler, Files.readString(handler).replace("\"Hello \"", "\"Good morning, \""));
            build(project, plugins.resolve("mill.jar"));
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .until(() -> greetings(api).equals("[\"Good morning, Ada\"]"));

            Files.delete(plugins.resolve("mill.jar"));
            awaitType(api, false);
        }
    }

    private void newPlugin(String name, Path project) throws IOException, InterruptedException {
        Process leat = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.leat.launcher.Leat", "plugin", "new", name, "--dir", project.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("new.log").toFile())
                .start();
        assertThat(leat.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(leat.exitValue()).as(Files.readString(folder.resolve("new.log"))).isZero();
    }

    /** What the project's build does, without Maven. */
    private static void build(Path project, Path jar) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-d", classes.toString(), "-cp", classPath(project)));
        files(project.resolve("src/main/java")).forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Path packed = project.resolve("target/plugin.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(packed))) {
            for (Path root : List.of(classes, project.resolve("src/main/resources"))) {
                for (Path file : files(root)) {
                    out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
        Files.copy(packed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String classPath(Path project) throws IOException {
        String validation = Path.of(Constraint.class.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
        return Stream.concat(files(project.resolve("repository")).stream()
                .map(Path::toString)
                .filter(file -> file.endsWith(".jar")), Stream.of(validation))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void awaitType(LeatApi api, boolean there) {
        Awaitility.await("mill:greet in " + TYPES)
                .atMost(Duration.ofSeconds(30))
                .until(() -> api.get(TYPES).body().contains("\"mill:greet\"") == there);
    }

    private static String greetings(LeatApi api) throws Exception {
        String id = api.submit("""
                {"type":"mill:greet","params":{"names":["Ada"]}}""");
        api.awaitStatus(id, "completed");
        return api.json("/api/v1/jobs/" + id + "/result").path("greetings").toString();
    }
}
