package {{package}};

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GreetHandlerTest {

    @Test
    void shouldGreetByName() {
        assertEquals("Hello Ada", GreetHandler.greeting("Ada"));
    }
}
