package bookings;

import jakarta.annotation.PreDestroy;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A web application whose hook closes its beans; one of them takes its time. */
@SpringBootApplication
public class Bookings {
    @RestController
    static class Desk {
        @GetMapping("/")
        String hello() {
            return "hello";
        }

        @PreDestroy
        void handOver() throws InterruptedException {
            Thread.sleep(1000);
        }
    }

    public static void main(String[] arguments) {
        SpringApplication.run(Bookings.class, arguments);
        System.out.println("ending");
    }
}
