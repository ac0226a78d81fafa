import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.Statement;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** A program with a pool of connections to a database and a logging framework; a connection is not given back. */
public class Shop {
    private static final Logger LOG = LogManager.getLogger(Shop.class);

    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:shop");
        config.setMaximumPoolSize(2);
        HikariDataSource pool = new HikariDataSource(config);
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table orders (id int)");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(pool), "close-pool"));
        LOG.error("ready");
        System.out.println("ending");
        Thread.currentThread().join();
    }

    private static void close(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            settleOrders(statement);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        pool.close();
    }

    private static void settleOrders(Statement statement) throws Exception {
        statement.execute("insert into orders values (1)");
        Thread.sleep(1000);
    }
}
