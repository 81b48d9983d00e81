package dev.leat.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import dev.leat.plugin.JobType;
import dev.leat.plugin.Plugin;

import jakarta.validation.Constraint;

class PluginProjectTest {

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter errors = new StringWriter();

    PluginProjectTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"mill", "image-tools", "switch", "7zip", "a--b"})
    void shouldWriteAProjectWhosePluginCompilesAgainstTheApiAloneAndLoads(String name) throws Exception {
        Path project = folder.resolve(name);

        assertThat(run("plugin", "new", name, "--dir", project.toString())).as(errors.toString()).isZero();

        Path classes = compiled(project);
        try (URLClassLoader loader = new URLClassLoader(new URL[]{classes.toUri().toURL()},
                Plugin.class.getClassLoader())) {
            Plugin plugin = ServiceLoader.load(Plugin.class, loader)
                    .stream()
                    .filter(found -> loader.equals(found.type().getClassLoader()))
                    .findFirst()
                    .orElseThrow()
                    .get();
            assertThat(plugin.id()).isEqualTo(name);
            assertThat(plugin.jobTypes()).extracting(JobType::name).containsExactly("greet");
        }
        assertThat(placeholders(project)).isEmpty();
    }

    @Test
    void shouldWriteTestsThatCompileAgainstItsRepositoryAndJUnit() throws Exception {
        run("plugin", "new", "mill", "--dir", folder.toString());
        Path classes = compiled(folder);

        compile(folder.resolve("src/test/java"), Files.createDirectories(folder.resolve("test-classes")),
                Stream.concat(Stream.of(classes, home(Test.class)), libraries(folder, "leat-")), List.of());
    }

    private static Path compiled(Path project) throws IOException {
        Path classes = Files.createDirectories(project.resolve("classes"));
        compile(project.resolve("src/main/java"), classes, libraries(project, "leat-plugin-api"),
                List.of("-Werror", "-Xlint:all"));
        Path services = classes.resolve("META-INF/services");
        Files.createDirectories(services);
        Files.copy(project.resolve("src/main/resources/META-INF/services/dev.leat.plugin.Plugin"),
                services.resolve("dev.leat.plugin.Plugin"));
        return classes;
    }

    private static Stream<Path> libraries(Path project, String prefix) throws IOException {
        return Stream.concat(Stream.of(home(Constraint.class)), files(project.resolve("repository"), ".jar").stream()
                .filter(jar -> jar.getFileName().toString().startsWith(prefix)));
    }

    private static Path home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    private static void compile(Path sources, Path target, Stream<Path> classPath, List<String> options)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", target.toString(), "-cp",
                classPath.map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        arguments.addAll(options);
        files(sources, ".java").forEach(source -> arguments.add(source.toString()));
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("compiled").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"leat-plugin-api", "leat-plugin-test", "leat-plugin-host", "leat-json", "leat-domain"})
    void shouldBringThePartsOfLeatInARepositoryOfItsOwn(String name) throws Exception {
        run("plugin", "new", "mill", "--dir", folder.toString());

        Path artifact = folder.resolve("repository/dev/leat").resolve(name).resolve(Version.current());
        Path pom = artifact.resolve(name + "-" + Version.current() + ".pom");
        assertThat(artifact.resolve(name + "-" + Version.current() + ".jar")).isNotEmptyFile();
        assertThat(pom).content().contains("<artifactId>" + name + "</artifactId>");
        for (Path xml : List.of(pom, folder.resolve("pom.xml"))) {
            assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile())
                    .getDocumentElement().getTagName()).isEqualTo("project");
        }
    }

    @Test
    void shouldNameTheLibrariesInTheVersionsThatLeatRunsWith() throws Exception {
        run("plugin", "new", "mill", "--dir", folder.toString());

        String version = Version.current();
        Path parts = folder.resolve("repository/dev/leat");
        assertThat(parts.resolve("leat-plugin-api").resolve(version).resolve("leat-plugin-api-" + version + ".pom"))
                .content().containsPattern("jakarta.validation-api</artifactId>\\s+<version>3\\.");
        assertThat(parts.resolve("leat-plugin-test").resolve(version).resolve("leat-plugin-test-" + version + ".pom"))
                .content().containsPattern("jackson-databind</artifactId>\\s+<version>2\\.")
                .containsPattern("leat-plugin-host</artifactId>\\s+<version>" + version);
    }

    @Test
    void shouldLeaveAFolderAloneThatIsNotEmpty() throws IOException {
        Files.writeString(folder.resolve("pom.xml"), "mine");

        assertThat(run("plugin", "new", "mill", "--dir", folder.toString())).isEqualTo(1);

        assertThat(errors.toString()).contains("Expected").contains("to be empty");
        assertThat(folder.resolve("pom.xml")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mill", "-mill", "mi ll", "../mill", ""})
    void shouldRefuseANameThatIsNoPluginId(String name) {
        assertThat(run("plugin", "new", "--dir", folder.toString(), "--", name)).isEqualTo(2);

        assertThat(errors.toString()).contains("Expected a plugin id");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldRefuseAPackageThatIsNone() {
        assertThat(run("plugin", "new", "mill", "--package", "org.class.x", "--dir", folder.toString())).isEqualTo(2);

        assertThat(errors.toString()).contains("org.class.x");
    }

    private int run(String... arguments) {
        CommandLine leat = Leat.commandLine();
        leat.setOut(new PrintWriter(out));
        leat.setErr(new PrintWriter(errors));
        return leat.execute(arguments);
    }

    private static List<Path> placeholders(Path project) throws IOException {
        return files(project, "").stream().filter(file -> !file.toString().endsWith(".jar")).filter(file -> {
            try {
                return !file.toString().endsWith(".class") && Files.readString(file).contains("{{");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }).toList();
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
