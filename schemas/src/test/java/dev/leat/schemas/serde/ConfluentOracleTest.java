package dev.leat.schemas.serde;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The oracle against the registry of the tests. */
class ConfluentOracleTest extends ConfluentOracle {

    private static FaultyRegistry registry;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = FaultyRegistry.start();
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    @Override
    String registryUrl() {
        return registry.url();
    }
}
