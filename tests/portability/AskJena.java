// Asks a Turtle file each query of a folder in Apache Jena: java -cp JARS AskJena.java GRAPH.ttl QUERIES ANSWERS
// Writes ANSWERS/NAME.json, SPARQL 1.1 Query Results JSON.
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;

public class AskJena {
    public static void main(String[] arguments) throws Exception {
        Model graph = RDFDataMgr.loadModel(arguments[0]);
        try (DirectoryStream<Path> queries = Files.newDirectoryStream(Path.of(arguments[1]), "*.rq")) {
            for (Path query : queries) {
                Path answer = Path.of(arguments[2], query.getFileName().toString().replace(".rq", ".json"));
                try (QueryExecution asking = QueryExecutionFactory.create(Files.readString(query), graph);
                        OutputStream out = Files.newOutputStream(answer)) {
                    ResultSetFormatter.outputAsJSON(out, asking.execSelect());
                }
            }
        }
    }
}
