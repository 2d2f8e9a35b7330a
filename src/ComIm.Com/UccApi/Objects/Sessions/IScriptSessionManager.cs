using System.Runtime.InteropServices;

namespace ComIm.Com.UccApi.Objects.Sessions;

/// <summary>What a session manager takes from scripts besides what IUccSessionManager takes: scripts have no interfaces to implement.</summary>
internal interface IScriptSessionManager
{
    /// <summary>Names who decides about invitations to application sessions: an object with a method Evaluate(contentType, description).</summary>
    [DispId(1)]
    void RegisterSessionDescriptionEvaluator(object? pSessionDescriptionEvaluator);
}
