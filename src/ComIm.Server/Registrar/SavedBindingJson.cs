using System.Text.Json.Serialization;

namespace ComIm.Server.Registrar;

/// <summary>How bindings are written: generated, so that nothing is looked up at run time.</summary>
[JsonSerializable(typeof(List<SavedBinding>))]
internal sealed partial class SavedBindingJson : JsonSerializerContext;
