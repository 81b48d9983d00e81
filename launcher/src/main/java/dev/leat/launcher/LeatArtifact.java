package dev.leat.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.NullMarked;

/**
 * A part of Leat as an artifact in a Maven repository: the jar that this very Leat runs with, under a POM that needs no
 * parent and names the libraries in the versions that this Leat runs with.
 *
 * @param name of the artifact
 * @param classes the jar, or the folder of classes where Leat runs from its build
 */
record LeatArtifact(String name, Path classes, String pom, String version) {

    private static final String GROUP = "dev/leat";
    /** Such as {@code {{version of org.slf4j:slf4j-api}}}. */
    private static final Pattern LIBRARY = Pattern.compile("\\{\\{version of ([^:}]+):([^}]+)}}");

    /** What plugins are compiled against, and what their tests run with. */
    static List<LeatArtifact> forPlugins() throws IOException {
        return List.of(of("leat-plugin-api", "leat-plugin-api.pom", "dev.leat.plugin.Plugin"),
                of("leat-plugin-test", "leat-plugin-test.pom", "dev.leat.plugin.test.JobHandlerTester"),
                of("leat-plugin-host", "leat-part.pom", "dev.leat.worker.plugin.PluginCatalog"),
                of("leat-json", "leat-part.pom", "dev.leat.runtime.json.ParamsValidator"),
                of("leat-domain", "leat-part.pom", "dev.leat.domain.Json"));
    }

    private static LeatArtifact of(String name, String template, String oneOfItsClasses) throws IOException {
        String version = Version.current();
        String pom = PluginProject.template(template).replace("{{artifact}}", name)
                .replace("{{leatVersion}}", version)
                .replace("{{jspecifyVersion}}", versionOfJspecify());
        return new LeatArtifact(name, home(oneOfItsClasses), withLibraries(pom), version);
    }

    private static String withLibraries(String pom) throws IOException {
        StringBuilder filled = new StringBuilder();
        Matcher library = LIBRARY.matcher(pom);
        while (library.find()) {
            library.appendReplacement(filled, versionOf(library.group(1), library.group(2)));
        }
        return library.appendTail(filled).toString();
    }

    /** Writes jar and POM to their places in a repository. */
    void writeTo(Path repository) throws IOException {
        Path folder = repository.resolve(GROUP).resolve(name).resolve(version);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file(".pom")), pom);
        Path jar = folder.resolve(file(".jar"));
        if (Files.isDirectory(classes)) {
            pack(jar);
        } else {
            Files.copy(classes, jar);
        }
    }

    private String file(String extension) {
        return name + "-" + version + extension;
    }

    private void pack(Path jar) throws IOException {
        try (JarOutputStream packed = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, packed);
                packed.closeEntry();
            }
        }
    }

    /** What Maven has written into the library's jar. */
    private static String versionOf(String group, String artifact) throws IOException {
        String entry = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = LeatArtifact.class.getResourceAsStream(entry)) {
            if (in == null) {
                throw new IllegalStateException("Expected " + artifact + " in Leat's class path, but it is not there");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        }
    }

    /** Its jar is not made by Maven, so it is in the manifest alone. */
    private static String versionOfJspecify() throws IOException {
        try (JarFile jar = new JarFile(home(NullMarked.class.getName()).toFile())) {
            return jar.getManifest().getMainAttributes().getValue("Bundle-Version");
        }
    }

    /** By name, so that the launcher does not depend on what it only hands on. */
    private static Path home(String type) {
        try {
            return Path.of(Class.forName(type, false, LeatArtifact.class.getClassLoader()).getProtectionDomain()
                    .getCodeSource().getLocation().toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException("Expected " + type + " to come from a file, but: " + e.getMessage(), e);
        }
    }
}
