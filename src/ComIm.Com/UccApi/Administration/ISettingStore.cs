namespace ComIm.Com.UccApi.Administration;

/// <summary>A place where settings of applications stand.</summary>
internal interface ISettingStore
{
    /// <summary>The setting of exactly this name; null where there is none.</summary>
    /// <param name="application">The name of an application, or <see cref="ApplicationSetting.EveryApplication"/>.</param>
    ApplicationSetting? Read(string application);
}
