import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** A web server that stops when the program ends, by Jetty's own hook; and what it has to stop takes its time. */
public class WebServer {
    static class Orders extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(204);
            callback.succeeded();
            return true;
        }

        @Override
        protected void doStop() throws Exception {
            writeOffOpenOrders();
            super.doStop();
        }

        private void writeOffOpenOrders() throws InterruptedException {
            Thread.sleep(1000);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        server.addConnector(new ServerConnector(server));
        server.setHandler(new Orders());
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("ending");
        server.join();
    }
}
