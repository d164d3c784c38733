package dev.wnm.managers.launchd;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads an XML property list into maps, lists, texts, longs and booleans. Opens no file and no address that it names. */
final class PropertyListReader {
  private static final String NO_OUTER_DTD = "http://apache.org/xml/features/nonvalidating/load-external-dtd";
  private static final List<String> OUTER_ENTITIES = List.of(
      "http://xml.org/sax/features/external-general-entities", "http://xml.org/sax/features/external-parameter-entities");

  /** launchd's own have three levels. */
  private static final int DEEPEST = 100;

  private PropertyListReader() {}

  /** A text is no XML property list with a dictionary; the message says why. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  static Map<String, Object> read(String text) throws MalformedException {
    Element root = parse(text);
    List<Element> values = children(root);
    if (!root.getTagName().equals("plist") || values.size() != 1 || !values.get(0).getTagName().equals("dict")) {
      throw new MalformedException("it is no property list with one dictionary");
    }
    return dictionary(values.get(0), 1);
  }

  private static Element parse(String text) throws MalformedException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature(NO_OUTER_DTD, false);
      for (String feature : OUTER_ENTITIES) {
        factory.setFeature(feature, false);
      }
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      factory.setCoalescing(true);
      factory.setIgnoringComments(true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
      builder.setErrorHandler(new Strict());
      return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
    } catch (SAXException | IOException e) {
      throw new MalformedException("it is no valid XML: " + e.getMessage());
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("this Java's XML parser cannot be kept from opening what a file names", e);
    }
  }

  private static Object value(Element element, int depth) throws MalformedException {
    if (depth > DEEPEST) {
      throw new MalformedException("its values are nested more than " + DEEPEST + " deep");
    }
    return switch (element.getTagName()) {
      case "string" -> text(element);
      case "integer" -> integer(text(element));
      case "true" -> true;
      case "false" -> false;
      case "dict" -> dictionary(element, depth + 1);
      case "array" -> {
        List<Object> list = new ArrayList<>();
        for (Element child : children(element)) {
          list.add(value(child, depth + 1));
        }
        yield list;
      }
      case "real", "date", "data" -> text(element);
      default -> throw new MalformedException("<" + element.getTagName() + "> is no type of a property list");
    };
  }

  private static Map<String, Object> dictionary(Element element, int depth) throws MalformedException {
    List<Element> children = children(element);
    Map<String, Object> dictionary = new LinkedHashMap<>();
    for (int i = 0; i < children.size(); i += 2) {
      if (!children.get(i).getTagName().equals("key") || i + 1 == children.size()) {
        throw new MalformedException("a dictionary has a key without a value, or a value without a key");
      }
      if (dictionary.put(text(children.get(i)), value(children.get(i + 1), depth)) != null) {
        throw new MalformedException("the key " + text(children.get(i)) + " is there twice");
      }
    }
    return dictionary;
  }

  private static Long integer(String text) throws MalformedException {
    try {
      return Long.valueOf(text.strip());
    } catch (NumberFormatException e) {
      throw new MalformedException("'" + text + "' is no integer");
    }
  }

  /** Between elements there is white space only. */
  private static List<Element> children(Element element) throws MalformedException {
    List<Element> children = new ArrayList<>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(child);
      } else if (!(node instanceof Text text && text.getData().isBlank())) {
        throw new MalformedException("<" + element.getTagName() + "> has a text where none may be");
      }
    }
    return children;
  }

  private static String text(Element element) throws MalformedException {
    StringBuilder text = new StringBuilder();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Text part)) {
        throw new MalformedException("<" + element.getTagName() + "> has more than a text");
      }
      text.append(part.getData());
    }
    return text.toString();
  }

  /** Throws, where the default would also print. */
  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXParseException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXParseException {
      throw e;
    }
  }
}
