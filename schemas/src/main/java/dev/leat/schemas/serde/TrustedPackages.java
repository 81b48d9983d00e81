package dev.leat.schemas.serde;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells Avro which packages it may load generated classes from. Since a schema names classes and comes from outside,
 * Avro loads none that is not trusted, and keeps that list once for the whole JVM. This adds to what is trusted already,
 * by Avro's system properties or by others, and takes nothing away.
 *
 * <p>Thread-safe: the list is a concurrent set, and putting it into force holds this class's lock.
 */
public final class TrustedPackages {

    /** Where Leat's own generated classes live. */
    private static final String LEAT = "dev.leat.schemas.avro";

    private static final Set<String> PACKAGES = ConcurrentHashMap.newKeySet();

    private static @Nullable ClassSecurityPredicate inForce;

    private TrustedPackages() {}

    /** Trusts Leat's own generated classes. Needed with any serializer, before the first record. */
    public static void addLeat() {
        add(LEAT);
    }

    /** Trusts the classes of one package, without those below it. */
    static synchronized void add(String packageName) {
        PACKAGES.add(packageName);
        ClassSecurityPredicate current = ClassSecurityValidator.getGlobal();
        if (!current.equals(inForce)) {
            ClassSecurityPredicate ours = type -> PACKAGES.contains(type.getPackageName());
            inForce = ClassSecurityValidator.composite(current, ours);
            ClassSecurityValidator.setGlobal(inForce);
        }
    }
}
