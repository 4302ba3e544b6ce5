<?xml version="1.0" encoding="UTF-8"?>
<!-- Made by styles/families/exposure.py out of exposure.json: change those, not this file.
     The hue is the family of the dominant hazard, the lightness its class. -->
<StyledLayerDescriptor version="1.1.0"
    xmlns="http://www.opengis.net/sld"
    xmlns:se="http://www.opengis.net/se"
    xmlns:ogc="http://www.opengis.net/ogc">
  <NamedLayer>
    <se:Name>exposure_road</se:Name>
    <UserStyle>
      <se:Name>exposure_road</se:Name>
      <se:Description>
        <se:Title>Roads: dominant hazard and its class | الطرق: الخطر الغالب وصنفه</se:Title>
      </se:Description>
      <se:FeatureTypeStyle>
        <se:Rule>
          <se:Name>flooding_very_high</se:Name>
          <se:Description><se:Title>Flooding: very high | الغمر: مرتفع جدا</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>4</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flash_flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>dam_break*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>storm_surge*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>tsunami*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sea_level_rise*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">4.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#08458f</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>flooding_high</se:Name>
          <se:Description><se:Title>Flooding: high | الغمر: مرتفع</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>3</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flash_flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>dam_break*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>storm_surge*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>tsunami*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sea_level_rise*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.9</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#3182bd</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>flooding_medium</se:Name>
          <se:Description><se:Title>Flooding: medium | الغمر: متوسط</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>2</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flash_flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>dam_break*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>storm_surge*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>tsunami*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sea_level_rise*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#7fb8dd</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>flooding_low</se:Name>
          <se:Description><se:Title>Flooding: low | الغمر: منخفض</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>1</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>flash_flood*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>dam_break*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>storm_surge*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>tsunami*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sea_level_rise*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#c6dbef</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.6</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>landslide_very_high</se:Name>
          <se:Description><se:Title>Landslide: very high | انهيار أرضي: مرتفع جدا</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>4</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>landslide*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">4.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#8c2d04</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 3</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>landslide_high</se:Name>
          <se:Description><se:Title>Landslide: high | انهيار أرضي: مرتفع</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>3</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>landslide*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.9</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#d95f0e</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 3</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>landslide_medium</se:Name>
          <se:Description><se:Title>Landslide: medium | انهيار أرضي: متوسط</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>2</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>landslide*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#fe9929</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 3</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>landslide_low</se:Name>
          <se:Description><se:Title>Landslide: low | انهيار أرضي: منخفض</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>1</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>landslide*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#fed98e</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.6</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 3</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>earthquake_very_high</se:Name>
          <se:Description><se:Title>Earthquake: very high | زلزال: مرتفع جدا</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>4</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>earthquake*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">4.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#7a0177</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">3 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>earthquake_high</se:Name>
          <se:Description><se:Title>Earthquake: high | زلزال: مرتفع</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>3</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>earthquake*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.9</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#c51b8a</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">3 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>earthquake_medium</se:Name>
          <se:Description><se:Title>Earthquake: medium | زلزال: متوسط</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>2</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>earthquake*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#f768a1</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">3 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>earthquake_low</se:Name>
          <se:Description><se:Title>Earthquake: low | زلزال: منخفض</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>1</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                <ogc:PropertyName>dominant</ogc:PropertyName>
                <ogc:Literal>earthquake*</ogc:Literal>
              </ogc:PropertyIsLike>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#fbb4b9</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.6</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">3 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>weather_very_high</se:Name>
          <se:Description>
            <se:Title>Storm, heat, fire: very high | عاصفة أو حر أو حريق: مرتفع جدا</se:Title>
          </se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>4</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:And>
                  <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                    <ogc:PropertyName>dominant</ogc:PropertyName>
                    <ogc:Literal>storm*</ogc:Literal>
                  </ogc:PropertyIsLike>
                  <ogc:Not>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Not>
                </ogc:And>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>wildfire*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>heat*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>drought*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sand_storm*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">4.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#006d2c</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 2 2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>weather_high</se:Name>
          <se:Description><se:Title>Storm, heat, fire: high | عاصفة أو حر أو حريق: مرتفع</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>3</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:And>
                  <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                    <ogc:PropertyName>dominant</ogc:PropertyName>
                    <ogc:Literal>storm*</ogc:Literal>
                  </ogc:PropertyIsLike>
                  <ogc:Not>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Not>
                </ogc:And>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>wildfire*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>heat*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>drought*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sand_storm*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.9</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#31a354</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 2 2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>weather_medium</se:Name>
          <se:Description>
            <se:Title>Storm, heat, fire: medium | عاصفة أو حر أو حريق: متوسط</se:Title>
          </se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>2</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:And>
                  <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                    <ogc:PropertyName>dominant</ogc:PropertyName>
                    <ogc:Literal>storm*</ogc:Literal>
                  </ogc:PropertyIsLike>
                  <ogc:Not>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Not>
                </ogc:And>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>wildfire*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>heat*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>drought*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sand_storm*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#74c476</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 2 2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>weather_low</se:Name>
          <se:Description><se:Title>Storm, heat, fire: low | عاصفة أو حر أو حريق: منخفض</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>1</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:And>
                  <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                    <ogc:PropertyName>dominant</ogc:PropertyName>
                    <ogc:Literal>storm*</ogc:Literal>
                  </ogc:PropertyIsLike>
                  <ogc:Not>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Not>
                </ogc:And>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>wildfire*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>heat*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>drought*</ogc:Literal>
                </ogc:PropertyIsLike>
                <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                  <ogc:PropertyName>dominant</ogc:PropertyName>
                  <ogc:Literal>sand_storm*</ogc:Literal>
                </ogc:PropertyIsLike>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#bae4b3</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.6</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">9 2 2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>other_very_high</se:Name>
          <se:Description><se:Title>Other hazard: very high | خطر آخر: مرتفع جدا</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>4</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsNull><ogc:PropertyName>dominant</ogc:PropertyName></ogc:PropertyIsNull>
                <ogc:Not>
                  <ogc:Or>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flash_flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>dam_break*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>tsunami*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sea_level_rise*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>landslide*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>earthquake*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:And>
                      <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                        <ogc:PropertyName>dominant</ogc:PropertyName>
                        <ogc:Literal>storm*</ogc:Literal>
                      </ogc:PropertyIsLike>
                      <ogc:Not>
                        <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                          <ogc:PropertyName>dominant</ogc:PropertyName>
                          <ogc:Literal>storm_surge*</ogc:Literal>
                        </ogc:PropertyIsLike>
                      </ogc:Not>
                    </ogc:And>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>wildfire*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>heat*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>drought*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sand_storm*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Or>
                </ogc:Not>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">4.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#252525</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>other_high</se:Name>
          <se:Description><se:Title>Other hazard: high | خطر آخر: مرتفع</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>3</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsNull><ogc:PropertyName>dominant</ogc:PropertyName></ogc:PropertyIsNull>
                <ogc:Not>
                  <ogc:Or>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flash_flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>dam_break*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>tsunami*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sea_level_rise*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>landslide*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>earthquake*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:And>
                      <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                        <ogc:PropertyName>dominant</ogc:PropertyName>
                        <ogc:Literal>storm*</ogc:Literal>
                      </ogc:PropertyIsLike>
                      <ogc:Not>
                        <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                          <ogc:PropertyName>dominant</ogc:PropertyName>
                          <ogc:Literal>storm_surge*</ogc:Literal>
                        </ogc:PropertyIsLike>
                      </ogc:Not>
                    </ogc:And>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>wildfire*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>heat*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>drought*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sand_storm*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Or>
                </ogc:Not>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.9</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#636363</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>other_medium</se:Name>
          <se:Description><se:Title>Other hazard: medium | خطر آخر: متوسط</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>2</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsNull><ogc:PropertyName>dominant</ogc:PropertyName></ogc:PropertyIsNull>
                <ogc:Not>
                  <ogc:Or>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flash_flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>dam_break*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>tsunami*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sea_level_rise*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>landslide*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>earthquake*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:And>
                      <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                        <ogc:PropertyName>dominant</ogc:PropertyName>
                        <ogc:Literal>storm*</ogc:Literal>
                      </ogc:PropertyIsLike>
                      <ogc:Not>
                        <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                          <ogc:PropertyName>dominant</ogc:PropertyName>
                          <ogc:Literal>storm_surge*</ogc:Literal>
                        </ogc:PropertyIsLike>
                      </ogc:Not>
                    </ogc:And>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>wildfire*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>heat*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>drought*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sand_storm*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Or>
                </ogc:Not>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.4</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#969696</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.0</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>other_low</se:Name>
          <se:Description><se:Title>Other hazard: low | خطر آخر: منخفض</se:Title></se:Description>
          <ogc:Filter>
            <ogc:And>
              <ogc:PropertyIsEqualTo>
                <ogc:PropertyName>class</ogc:PropertyName>
                <ogc:Literal>1</ogc:Literal>
              </ogc:PropertyIsEqualTo>
              <ogc:Or>
                <ogc:PropertyIsNull><ogc:PropertyName>dominant</ogc:PropertyName></ogc:PropertyIsNull>
                <ogc:Not>
                  <ogc:Or>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>flash_flood*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>dam_break*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>storm_surge*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>tsunami*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sea_level_rise*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>landslide*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>earthquake*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:And>
                      <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                        <ogc:PropertyName>dominant</ogc:PropertyName>
                        <ogc:Literal>storm*</ogc:Literal>
                      </ogc:PropertyIsLike>
                      <ogc:Not>
                        <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                          <ogc:PropertyName>dominant</ogc:PropertyName>
                          <ogc:Literal>storm_surge*</ogc:Literal>
                        </ogc:PropertyIsLike>
                      </ogc:Not>
                    </ogc:And>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>wildfire*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>heat*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>drought*</ogc:Literal>
                    </ogc:PropertyIsLike>
                    <ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="!">
                      <ogc:PropertyName>dominant</ogc:PropertyName>
                      <ogc:Literal>sand_storm*</ogc:Literal>
                    </ogc:PropertyIsLike>
                  </ogc:Or>
                </ogc:Not>
              </ogc:Or>
            </ogc:And>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">3.0</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#cccccc</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.6</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">2 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>none</se:Name>
          <se:Description><se:Title>In none of the hazards | خارج الأخطار كلها</se:Title></se:Description>
          <ogc:Filter>
            <ogc:PropertyIsEqualTo>
              <ogc:PropertyName>class</ogc:PropertyName>
              <ogc:Literal>0</ogc:Literal>
            </ogc:PropertyIsEqualTo>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#ffffff</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.5999999999999996</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#f3f0e6</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:Rule>
          <se:Name>unknown</se:Name>
          <se:Description><se:Title>Not known | غير معروف</se:Title></se:Description>
          <ogc:Filter>
            <ogc:PropertyIsNull><ogc:PropertyName>class</ogc:PropertyName></ogc:PropertyIsNull>
          </ogc:Filter>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#6b6b6b</se:SvgParameter>
              <se:SvgParameter name="stroke-width">2.2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
          <se:LineSymbolizer>
            <se:Stroke>
              <se:SvgParameter name="stroke">#e4e4e4</se:SvgParameter>
              <se:SvgParameter name="stroke-width">1.4</se:SvgParameter>
              <se:SvgParameter name="stroke-dasharray">3 2</se:SvgParameter>
            </se:Stroke>
          </se:LineSymbolizer>
        </se:Rule>
        <se:VendorOption name="firstRuleOnTop">true</se:VendorOption>
      </se:FeatureTypeStyle>
    </UserStyle>
  </NamedLayer>
</StyledLayerDescriptor>
